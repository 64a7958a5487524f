"""Days and references in the files of the program."""

from apprentices.models import Apprenticeship
from apprentices.rules.hours import parse_day
from employers.files.cells import longest

_REF = longest(Apprenticeship, "ref")


def ref(cells):
    """The apprenticeship's reference."""
    return cells.text("apprentice_ref", _REF, is_needed=True)


def day(cells, name, *, is_needed=True):
    """A date in one of the forms of the hours files (contract: Files of hours, Days); None where it is empty and may
    be."""
    if not is_needed and cells.is_empty(name):
        return None
    return cells.read(name, _day)


def _day(text):
    return parse_day(text, day_first=False)
