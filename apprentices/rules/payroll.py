"""Payroll beside the log: what was paid for a week is a second source. It counts for nothing."""

from dataclasses import dataclass
from decimal import Decimal

SAME, OPEN, SETTLED = "SAME", "OPEN", "SETTLED"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A person's week: hours that payroll paid and hours of the log, decided or not."""

    paid: Decimal
    logged: Decimal
    standing: str

    @property
    def difference(self):
        """Above zero: more was paid than is logged."""
        return self.paid - self.logged


def compare(paid, logged, settled_at_hours):
    """A Comparison. `settled_at_hours`: what the log said when somebody settled the difference, None where nobody has:
    a log that says something else since is open again."""
    if paid == logged:
        return Comparison(paid, logged, SAME)
    return Comparison(paid, logged, SETTLED if settled_at_hours == logged else OPEN)
