import sys
from itertools import islice

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from imt.moments import consistent_read
from reports.queries.invariants import INVARIANTS, breaches
from reports.queries.ledger_hash import ledger_hash

MOST_TOLD = 20


class Command(BaseCommand):
    help = "Print the ledger hash; exit 1 and name the first breaches where something does not hold that always must."

    def handle(self, **options):
        with consistent_read():
            with tqdm(desc="lines", unit=" lines", file=sys.stderr, disable=None, leave=False) as bar:
                lines, sha256 = ledger_hash(progress=bar.update)
            self.stdout.write(f"{lines} lines, sha256 {sha256}")
            bar = tqdm(desc="checks", total=len(INVARIANTS), file=sys.stderr, disable=None, leave=False)
            with bar:
                found = list(islice(breaches(timezone.now(), progress=bar.update), MOST_TOLD))
        for sentence in found[1:]:
            self.stderr.write(sentence)
        if found:
            raise CommandError(found[0])
