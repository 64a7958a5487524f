"""The lines behind a total, newest day first, in pages by keyset: a page is as quick at the end as at the start."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from apprentices.models import LedgerLine

LINES_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """`total` is the sum over all lines of the filter, not only of this page; `next_key` is None on the last page."""

    lines: list[LedgerLine]
    total: Decimal
    next_key: tuple[date, int] | None


def ledger_page(apprenticeship, *, kind="", process="", course="", after=None, size=LINES_PER_PAGE):
    """Lines of one apprenticeship, reversed ones and reversals included. `process` and `course` are codes; `after` is
    the (day, position) of the last line of the page before."""
    lines = LedgerLine.objects.filter(apprenticeship=apprenticeship)
    if kind:
        lines = lines.filter(kind=kind)
    if process:
        lines = lines.filter(kind=LedgerLine.Kind.OJL, work_process__code=process)
    if course:
        lines = lines.filter(kind=LedgerLine.Kind.RI, course_code=course)
    total = lines.aggregate(total=Sum("hours"))["total"]
    if after is not None:
        day, position = after
        lines = lines.filter(Q(happened_on__lt=day) | Q(happened_on=day, position__lt=position))
    rows = list(
        lines.select_related(
            "work_process", "posted_by", "entry__logged_by", "reversed_by__posted_by", "reverses", "instruction_record"
        ).order_by("-happened_on", "-position")[: size + 1]
    )
    page = rows[:size]
    return LedgerPage(
        lines=page,
        total=total or Decimal("0.00"),
        next_key=(page[-1].happened_on, page[-1].position) if len(rows) > size else None,
    )
