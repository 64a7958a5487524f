from functools import partial

from django.core.management.base import BaseCommand
from django.utils import timezone

from apprentices.actions.competencies import sign_off
from apprentices.files.competencies import read_competencies
from employers.management.importing import add_arguments, load_rows, run


def load(path, *, by, progress=lambda lines: None):
    """Take in competencies.csv as of today. Returns the Summary."""
    take = partial(sign_off, on=timezone.localdate())
    return load_rows("competencies", path, read=read_competencies, take=take, by=by, progress=progress)


class Command(BaseCommand):
    help = "Take in competencies that were signed off."

    def add_arguments(self, parser):
        add_arguments(parser, what="competencies.csv")

    def handle(self, *, file, by, dry_run, report, **options):
        run(self, load, name="import_competencies", file=file, by=by, dry_run=dry_run, report=report)
