from functools import partial

from django.core.management.base import BaseCommand
from django.utils import timezone

from apprentices.actions.credits import grant
from apprentices.files.credits import read_credits
from employers.management.importing import add_arguments, load_rows, run


def load(path, *, by, progress=lambda lines: None):
    """Take in credits.csv as of today. Returns the Summary."""
    take = partial(grant, on=timezone.localdate())
    return load_rows("credits", path, read=read_credits, take=take, by=by, progress=progress)


class Command(BaseCommand):
    help = "Take in hours granted for prior experience."

    def add_arguments(self, parser):
        add_arguments(parser, what="credits.csv")

    def handle(self, *, file, by, dry_run, report, **options):
        run(self, load, name="import_credits", file=file, by=by, dry_run=dry_run, report=report)
