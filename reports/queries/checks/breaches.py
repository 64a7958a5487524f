"""What a check found."""

from typing import NamedTuple


class Breach(NamedTuple):
    """An invariant (I1 to I8) that does not hold, and where: a sentence that names the row."""

    invariant: str
    what: str

    def __str__(self):
        return f"{self.invariant}: {self.what}"
