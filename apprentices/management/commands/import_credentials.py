from functools import partial

from django.core.management.base import BaseCommand
from django.utils import timezone

from apprentices.actions.credentials import record_credentials
from apprentices.files.credentials import read_credentials
from employers.management.importing import add_arguments, load_rows, run


def load(path, *, by, progress=lambda lines: None):
    """Take in credentials.csv as of today. Returns the Summary."""
    take = partial(record_credentials, on=timezone.localdate())
    return load_rows("credentials", path, read=read_credentials, take=take, by=by, progress=progress)


class Command(BaseCommand):
    help = "Take in credentials that people hold."

    def add_arguments(self, parser):
        add_arguments(parser, what="credentials.csv")

    def handle(self, *, file, by, dry_run, report, **options):
        run(self, load, name="import_credentials", file=file, by=by, dry_run=dry_run, report=report)
