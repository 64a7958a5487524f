import hashlib
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apprentices.actions.hours_import import FileOfHours, import_hours
from apprentices.actions.hours_staging import outcomes_by_line, staging
from apprentices.files.hours import open_hours, write_report
from apprentices.queries.known_hours import people_for
from employers.management.importing import (
    MOST_ERRORS_TOLD,
    Summary,
    actor,
    add_arguments,
    progress_bar,
    tell,
    told_refusals,
)
from employers.rules.rows import ERROR, RowOutcome
from imt.audit.actions import origin


def load(
    path,
    *,
    by,
    approve=False,
    partial=False,
    dry_run=False,
    mapping=None,
    day_first=False,
    report=None,
    progress=lambda lines: None,
):
    """Take in a file of hours (contract: Files of hours). Returns the Summary, with the first of its errors.

    `mapping` {header text: field}; `report`: a path for a line of JSON per line of the file. Without `partial` a file
    with an error writes nothing."""
    path = Path(path)
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    records = open_hours(path, path.name, mapping=mapping, day_first=day_first)
    file = FileOfHours(
        name=path.name[:255],
        sha256=digest,
        by=by,
        day_first=day_first,
        approve=approve,
        partial=partial,
        dry_run=dry_run,
    )
    people = people_for(by, on=timezone.localdate())
    with staging() as private:
        taken = import_hours(records=records, people=people, private=private, file=file, progress=progress)
        if report:
            with Path(report).open("w", encoding="utf-8") as stream:
                write_report(outcomes_by_line(private), records.columns, stream)
        return Summary(path.name, taken.counts, [], _errors(private, records.columns))


def _errors(private, columns):
    """The first errors as the commands tell them; the counts say how many there are."""
    told = []
    for error in outcomes_by_line(private, ERROR):
        if len(told) == MOST_ERRORS_TOLD:
            break
        column = columns.get(error.cell or error.field)
        told.append(RowOutcome(error.line, ERROR, error.field, error.found, error.expected, column))
    return told


def column_and_field(text):
    """`Job Code=work_process` of --map → (header text, field)."""
    column, equals, field = text.rpartition("=")
    if not equals or not column.strip():
        raise CommandError(f"--map takes COLUMN=FIELD, found {text}")
    return column.strip(), field.strip()


class Command(BaseCommand):
    help = "Take in hours of a time clock, a payroll export or a foreman's sheet (CSV, TSV or XLSX)."

    def add_arguments(self, parser):
        add_arguments(parser, what="a list of hours, a list of punches or a matrix by weekday")
        parser.add_argument("--approve", action="store_true", help="approve the hours, by --by")
        parser.add_argument("--partial", action="store_true", help="take the good lines of a file with errors")
        parser.add_argument(
            "--map", metavar="COLUMN=FIELD", action="append", default=[], help="what a column is; COLUMN= leaves it out"
        )
        parser.add_argument("--dates", choices=("mdy", "dmy"), default="mdy", help="the order in dates with / or -")

    def handle(self, *, file, by, approve, partial, dry_run, report, dates, **options):
        with told_refusals(), origin("command import_hours"), progress_bar(self, file.name) as progress:
            summary = load(
                file,
                by=actor(by),
                approve=approve,
                partial=partial,
                dry_run=dry_run,
                mapping=dict(map(column_and_field, options["map"])),
                day_first=dates == "dmy",
                report=report,
                progress=progress,
            )
        tell(self, summary)
        if dry_run:
            self.stdout.write("dry run: nothing was written")
        if errors := summary.counts.get(ERROR):
            written = "the good lines were written" if partial and not dry_run else "nothing was written"
            raise CommandError(f"{file.name}: {errors} errors, {written}")
