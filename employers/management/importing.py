"""What the import commands share: their options, who acts, the file's record, and how the outcome is told.

Each command has a `load(path, *, by, …) -> Summary` that can be called without the command line; `import_program` does.
A Summary with errors means: nothing of this file was written."""

import contextlib
import hashlib
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from employers.permissions import NotAllowed
from employers.queries.standards import UnknownStandards
from employers.rules.rows import ERROR, RowError, RowOutcome
from imt.accounts.actions import system_user
from imt.accounts.models import User
from imt.audit.actions import origin, record
from imt.audit.models import ImportBatch
from imt.sheets import TableRefused

MOST_ERRORS_TOLD = 200


@dataclass(slots=True)
class Summary:
    """What became of one file. `counts`: lines by outcome; `outcomes` of all lines, kept for the errors and the report;
    `said`: a sentence instead of the counts; `program`: the name of the standards that the file holds."""

    file: str
    counts: dict = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    outcomes: list[RowOutcome] = field(default_factory=list)
    said: str = ""
    program: str = ""

    @property
    def errors(self):
        return [outcome for outcome in self.outcomes if outcome.outcome == ERROR]

    def __str__(self):
        counts = ", ".join(f"{count} {outcome}" for outcome, count in self.counts.items())
        return f"{self.file}: {self.said or counts or 'no lines'}"


def add_arguments(parser, *, what):
    """The options that every import has."""
    parser.add_argument("file", metavar="FILE", type=Path, help=what)
    add_common_arguments(parser)
    parser.add_argument("--report", metavar="FILE", type=Path, help="write a line of JSON there for each line")


def add_common_arguments(parser):
    parser.add_argument("--by", metavar="EMAIL", help="who acts; default: this system's own user")
    parser.add_argument("--dry-run", action="store_true", help="say what would become of it and write nothing")


def actor(email):
    """The user of --by; without it this system's own."""
    if not email:
        return system_user()
    try:
        return User.objects.get_by_natural_key(email)
    except User.DoesNotExist as error:
        raise CommandError(f"no user {email}") from error


def run(command, load, *, name, file, by, dry_run, report=None, **options):
    """Load the file whole or not at all and tell what became of it; exit 1 where a line is an error."""
    with told_refusals(), origin(f"command {name}"), transaction.atomic(), progress_bar(command, file.name) as progress:
        summary = load(file, by=actor(by), progress=progress, **options)
        if summary.errors or dry_run:
            transaction.set_rollback(True)
    if report:
        write_report(report, summary.outcomes)
    tell(command, summary)
    if summary.errors:
        raise CommandError(f"{file.name} has errors: nothing was written")
    if dry_run:
        command.stdout.write("dry run: nothing was written")


@contextlib.contextmanager
def told_refusals():
    """What refuses a whole file is told in one sentence."""
    try:
        yield
    except FileNotFoundError as error:
        raise CommandError(f"no file {error.filename}") from error
    except UnknownStandards as error:
        raise CommandError(f"no standards {error}") from error
    except (TableRefused, NotAllowed, IsADirectoryError, PermissionError) as error:
        raise CommandError(str(error)) from error


@contextlib.contextmanager
def progress_bar(command, title):
    """A bar on standard error, where that is a terminal: call it with the number of further lines."""
    stream = getattr(command.stderr, "_out", sys.stderr)
    with tqdm(desc=title, unit=" lines", file=stream, disable=None, leave=False) as bar:
        yield bar.update


def load_rows(kind, path, *, read, take, by, progress=lambda lines: None):
    """Read a file into rows and hand them to the action `take(rows=, by=)`. Returns the Summary.

    All errors are found at once, in the form of the cells and beside what is known; then nothing is written. A file
    that changes something leaves an ImportBatch with its warnings."""
    path = Path(path)
    rows, wrong = read(path, path.name, progress=progress)
    try:
        with transaction.atomic():
            taken = take(rows=rows, by=by)
            if wrong:
                raise RowError([*wrong, *taken.outcomes])
            if taken.changes_anything:
                keep_batch(kind, path, by=by, counts=taken.counts, warnings=taken.warnings)
    except RowError as error:
        of_known = [] if error.errors == wrong else wrong
        outcomes = sorted([*error.outcomes, *of_known], key=lambda outcome: outcome.line)
        counts = dict(Counter(outcome.outcome for outcome in first_of_lines(outcomes)))
        return Summary(path.name, counts, [], outcomes)
    return Summary(path.name, taken.counts, taken.warnings, taken.outcomes)


def first_of_lines(outcomes):
    """One outcome a line: several cells of a line may be wrong, the first of them is the line's."""
    return {outcome.line: outcome for outcome in reversed(outcomes)}.values()


def keep_batch(kind, path, *, by, counts, warnings):
    """The record of a file that was taken in, with every warning that it gave."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    batch = ImportBatch.objects.create(
        kind=kind,
        file_name=path.name[:255],
        sha256=digest,
        recorded_at=timezone.now(),
        recorded_by=by,
        counts=counts,
        warnings=warnings,
    )
    record("file.imported", by=by, subjects=[batch], details={"kind": kind, "file": path.name, "counts": counts})
    return batch


def tell(command, summary):
    """Counts on standard output; errors and warnings, one a line, on standard error."""
    errors = summary.errors
    for error in errors[:MOST_ERRORS_TOLD]:
        command.stderr.write(error_text(error))
    more = summary.counts.get(ERROR, 0) - MOST_ERRORS_TOLD
    if more > 0:
        command.stderr.write(f"… and {more} more errors: --report FILE writes them all")
    for warning in summary.warnings:
        command.stderr.write(f"warning: {warning}")
    command.stdout.write(str(summary))


def error_text(error):
    """`line 5, column status: found “GONE”, expected one of … (error:status)`"""
    found = error.found if error.found == "nothing" else f"“{error.found}”"
    place = f"line {error.line}, column {error.column or error.field}"
    return f"{place}: found {found}, expected {error.expected} (error:{error.field})"


def write_report(path, outcomes):
    """A line of JSON for each line of the file, as the report of an hours file has them."""
    with path.open("w", encoding="utf-8") as stream:
        for outcome in sorted(first_of_lines(outcomes), key=lambda outcome: outcome.line):
            said = {
                "line": outcome.line,
                "outcome": outcome.outcome,
                "field": outcome.field,
                "column": outcome.column or outcome.field,
                "found": outcome.found,
                "expected": outcome.expected,
            }
            stream.write(json.dumps(said, ensure_ascii=False) + "\n")
