from functools import partial

from django.core.management.base import BaseCommand

from apprentices.actions.apprenticeships import register
from apprentices.files.apprentices import read_apprentices
from employers.management.importing import add_arguments, load_rows, run
from employers.queries.standards import standards_named


def load(path, *, by, standards=None, progress=lambda lines: None):
    """Take in apprentices.csv. Returns the Summary. `standards`: NAME or NAME@VERSION, where a sponsor has several;
    UnknownStandards where there is none."""
    take = partial(register, standards=standards_named(standards) if standards else ())
    return load_rows("apprentices", path, read=read_apprentices, take=take, by=by, progress=progress)


class Command(BaseCommand):
    help = "Register people, and record later statuses of those who are registered."

    def add_arguments(self, parser):
        add_arguments(parser, what="apprentices.csv")
        parser.add_argument(
            "--standards", metavar="NAME[@VERSION]", help="under which standards, where the sponsor has several"
        )

    def handle(self, *, file, by, dry_run, report, standards, **options):
        run(
            self,
            load,
            name="import_apprentices",
            file=file,
            by=by,
            dry_run=dry_run,
            report=report,
            standards=standards,
        )
