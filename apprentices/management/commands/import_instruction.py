from functools import partial

from django.core.management.base import BaseCommand
from django.utils import timezone

from apprentices.actions.instruction import record_results
from apprentices.files.instruction import read_instruction
from employers.management.importing import add_arguments, load_rows, run


def load(path, *, by, progress=lambda lines: None):
    """Take in instruction.csv as of today. Returns the Summary."""
    take = partial(record_results, on=timezone.localdate())
    return load_rows("instruction", path, read=read_instruction, take=take, by=by, progress=progress)


class Command(BaseCommand):
    help = "Take in courses under way and their results."

    def add_arguments(self, parser):
        add_arguments(parser, what="instruction.csv")

    def handle(self, *, file, by, dry_run, report, **options):
        run(self, load, name="import_instruction", file=file, by=by, dry_run=dry_run, report=report)
