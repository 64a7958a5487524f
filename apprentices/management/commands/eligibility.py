from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apprentices.files.eligibility import as_csv, as_json, as_table
from apprentices.queries.eligibility import UnknownApprentice, eligibility_document
from imt.exports import put_out
from imt.written_times import day_of, moment_of

RENDERERS = {"table": as_table, "json": as_json, "csv": as_csv}


class Command(BaseCommand):
    help = "Who is ready for the journey card, with every requirement (contract: Eligibility)."

    def add_arguments(self, parser):
        parser.add_argument("--as-of", metavar="DATE", help="what happened on or before this day; default: today")
        parser.add_argument(
            "--known-at", metavar="TIME", help="what was known then, 2026-11-21T08:00:00Z; default: now"
        )
        parser.add_argument("--standards", metavar="NAME", help="only those under these standards, in any version")
        parser.add_argument("--apprentice", metavar="REF", help="only this apprenticeship")
        parser.add_argument("--format", choices=RENDERERS, default="table")
        parser.add_argument("--output", metavar="FILE", help="write there instead of standard output")

    def handle(self, *, as_of, known_at, standards, apprentice, output, **options):
        try:
            document = eligibility_document(
                as_of=day_of(as_of) if as_of else timezone.localdate(),
                known_at=moment_of(known_at) if known_at else None,
                standards=standards,
                ref=apprentice,
            )
        except UnknownApprentice as error:
            raise CommandError(f"no apprenticeship {apprentice} registered by then") from error
        except ValueError as error:
            raise CommandError(str(error)) from error
        put_out(RENDERERS[options["format"]](document), stdout=self.stdout, file=output)
