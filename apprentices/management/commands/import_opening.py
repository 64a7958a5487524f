from functools import partial

from django.core.management.base import BaseCommand
from django.utils import timezone

from apprentices.actions.opening import open_balances
from apprentices.files.opening import read_opening
from employers.management.importing import add_arguments, load_rows, run


def load(path, *, by, progress=lambda lines: None):
    """Take in opening.csv as of today. Returns the Summary."""
    take = partial(open_balances, on=timezone.localdate())
    return load_rows("opening", path, read=read_opening, take=take, by=by, progress=progress)


class Command(BaseCommand):
    help = "Take in what was earned on paper before the first day here."

    def add_arguments(self, parser):
        add_arguments(parser, what="opening.csv")

    def handle(self, *, file, by, dry_run, report, **options):
        run(self, load, name="import_opening", file=file, by=by, dry_run=dry_run, report=report)
