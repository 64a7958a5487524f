from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from imt.exports import put_out
from imt.written_times import day_of
from reports.files.cohorts import as_csv, as_json
from reports.queries.cohorts import cohorts_document

RENDERERS = {"json": as_json, "csv": as_csv}


class Command(BaseCommand):
    help = "Figures by cohort, employer, year and state, with every percentage (contract: Cohorts)."

    def add_arguments(self, parser):
        parser.add_argument("--as-of", metavar="DATE", help="registered by, and status on, this day; default: today")
        parser.add_argument("--format", choices=RENDERERS, default="json")
        parser.add_argument("--output", metavar="FILE", help="write there instead of standard output")

    def handle(self, *, as_of, output, **options):
        try:
            day = day_of(as_of) if as_of else timezone.localdate()
        except ValueError as error:
            raise CommandError(str(error)) from error
        put_out(RENDERERS[options["format"]](cohorts_document(as_of=day)), stdout=self.stdout, file=output)
