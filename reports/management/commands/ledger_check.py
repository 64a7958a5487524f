from itertools import chain

from django.core.management.base import BaseCommand
from django.utils import timezone
from tqdm import tqdm

from apprentices.models import Apprentice, Apprenticeship
from imt.moments import consistent_read
from reports.queries.checks.ledger_hash import ledger_hash
from reports.queries.ledger_check import (
    breaches_of,
    slices,
    transfers_stay_with_the_person,
    triggers_stand,
    work_undone,
)


class Command(BaseCommand):
    help = "Print the ledger's hash and check what must hold of it; exit 1 with the first breach."

    def handle(self, **options):
        lines, sha256 = self._hash()
        self.stdout.write(f"{lines} lines, sha256 {sha256}")
        breach = self._first_breach()
        if breach is not None:
            self.stderr.write(str(breach))
            raise SystemExit(1)
        behind, runs = work_undone(today=timezone.localdate())
        if behind or runs:
            self.stderr.write(f"I8: {behind} snapshots are behind their facts, {runs} runs are under way")

    def _hash(self):
        total = Apprenticeship.objects.count()
        with consistent_read(), tqdm(total=total, desc="hash", unit=" apprenticeships", disable=None) as bar:
            return ledger_hash(bar.update)

    def _first_breach(self):
        """One state of the database per slice: what must hold of whole persons holds in each of them."""
        for breach in chain(triggers_stand(), transfers_stay_with_the_person()):
            return breach
        with tqdm(total=Apprentice.objects.count(), desc="check", unit=" people", disable=None) as bar:
            for _after, people, apprenticeships in slices():
                with consistent_read():
                    for breach in breaches_of(apprenticeships):
                        return breach
                bar.update(people)
        return None
