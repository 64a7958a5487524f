from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from apprentices.management.commands import (
    import_apprentices,
    import_competencies,
    import_credentials,
    import_credits,
    import_hours,
    import_instruction,
    import_opening,
)
from employers.management.commands import import_offered_courses, import_standards
from employers.management.importing import actor, add_common_arguments, progress_bar, tell, told_refusals
from imt.audit.actions import origin

# Contract, import_program: in this order, each where its file exists.
_FILES = (
    ("imt_standards.xlsx", import_standards.load),
    ("offered_courses.csv", import_offered_courses.load),
    ("apprentices.csv", import_apprentices.load),
    ("opening.csv", import_opening.load),
    ("hours.csv", partial(import_hours.load, approve=True)),
    ("instruction.csv", import_instruction.load),
    ("credits.csv", import_credits.load),
    ("credentials.csv", import_credentials.load),
    ("competencies.csv", import_competencies.load),
)


class FileRefused(Exception):
    """A file has errors: the whole folder is rolled back."""

    def __init__(self, summary):
        super().__init__(summary.file)
        self.summary = summary


def load(folder, *, by, bar=None, done=lambda summary: None):
    """Take in the files of a folder in one transaction: all of them, or none. Returns the Summaries.

    `bar(title)`: a context whose value is called with the number of further lines; `done(summary)` hears of each file.
    FileRefused with the first file that has errors."""
    folder = Path(folder)
    present = [(folder / name, load_file) for name, load_file in _FILES if (folder / name).is_file()]
    summaries, program = [], ""
    with transaction.atomic():
        for path, load_file in present:
            # the folder's own program, where its sponsor has several
            settled = {"standards": program} if load_file is import_apprentices.load and program else {}
            summary = _load_one(path, load_file, by, bar, settled)
            if summary.errors:
                raise FileRefused(summary)
            if load_file is import_standards.load:
                program = summary.program
            summaries.append(summary)
            done(summary)
    return summaries


def _load_one(path, load_file, by, bar, settled):
    if bar is None:
        return load_file(path, by=by, **settled)
    with bar(path.name) as progress:
        return load_file(path, by=by, progress=progress, **settled)


class _DryRun(Exception):
    """Rolls everything back."""


class Command(BaseCommand):
    help = "Take in a whole program: the standards, the people and everything of theirs, from the files of a folder."

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path, help=", ".join(name for name, _load in _FILES))
        add_common_arguments(parser)

    def handle(self, *, folder, by, dry_run, **options):
        if not folder.is_dir():
            raise CommandError(f"no folder {folder}")
        try:
            with told_refusals(), origin("command import_program"), transaction.atomic():
                summaries = load(folder, by=actor(by), bar=partial(progress_bar, self), done=partial(tell, self))
                if dry_run:
                    raise _DryRun
        except FileRefused as refused:
            tell(self, refused.summary)
            raise CommandError(f"{refused.summary.file} has errors: nothing of {folder} was written") from refused
        except _DryRun:
            self.stdout.write("dry run: nothing was written")
            return
        if not summaries:
            raise CommandError(f"{folder} holds none of: {', '.join(name for name, _load in _FILES)}")
