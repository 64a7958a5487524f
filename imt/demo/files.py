"""Files of the time clock of Acme at three points of their way: one with errors to repair, one taken in, one undone;
and what payroll paid beside the log."""

from datetime import timedelta
from io import BytesIO

from apprentices.actions import hour_files
from apprentices.actions.batch_undo import undo_batch
from apprentices.actions.payroll import load_payroll, settle_difference
from apprentices.files.hour_shapes import look_at
from apprentices.files.payroll import PayrollRow
from apprentices.forms.imports import shapes_of
from apprentices.models import HourFile, PayrollTotal
from apprentices.queries.payroll import people_of_payroll
from apprentices.tasks import work_on_hour_file

HEADER = "Badge,Date,Job Code,Hours,Notes,Reference"
KOFI = "ACME-08"


def tell(sam, employer, *, today):
    """In the order in which Sam loaded them."""
    monday = today - timedelta(days=today.weekday())
    saturdays = [monday - timedelta(weeks=weeks, days=2) for weeks in (3, 2, 1)]
    sundays = [day + timedelta(days=1) for day in saturdays]
    taken_in = _checked("saturday shifts.csv", _lines(saturdays, "B", "4"), sam, employer)
    _take_in(taken_in, sam)
    undone = _checked("sunday shifts.csv", _lines(sundays, "C", "4:30"), sam, employer)
    _take_in(undone, sam)
    undo_batch(batch=HourFile.objects.get(pk=undone.pk).batch, by=sam, on=today)
    wrong = [
        f"{KOFI},{sundays[0]},C,4.5,Inventory,sun-1",
        f"{KOFI},{sundays[1]},C,four,Inventory,sun-2",
        f"4711,{sundays[1]},C,4.5,Who is this?,sun-3",
        f"{KOFI},{sundays[2]},WELD,4.5,,sun-4",
        f"{KOFI},{sundays[2]},C,25,,sun-5",
        f"Total,,,{4.5 * 4},,",
    ]
    _checked("sunday shifts, again.csv", wrong, sam, employer)
    _payroll(sam, employer, monday, today)


def _lines(days, code, hours):
    return [f"{KOFI},{day},{code},{hours},Inventory,{code}-{day}" for day in days]


def _checked(name, lines, sam, employer):
    content = "\n".join([HEADER, *lines, ""]).encode()
    looked = look_at(BytesIO(content), name, shapes_of(employer))
    columns = dict(looked.columns)
    hour_file = hour_files.upload(
        employer=employer, file_name=name, content=content, columns=columns, day_first=False, by=sam
    )
    hour_files.check(hour_file=hour_file, by=sam)
    work_on_hour_file(hour_file.pk)
    return hour_file


def _take_in(hour_file, sam):
    hour_files.take_in(hour_file=hour_file, by=sam, approve=True)
    work_on_hour_file(hour_file.pk)


def _payroll(sam, employer, monday, today):
    """Ana's last weeks as payroll has them: one the same, one that differs for a reason, one that nobody explained."""
    paid = ((3, 4000), (2, 4800), (1, 3600))
    rows = [
        PayrollRow(line, "ACME-01", monday - timedelta(weeks=weeks), hours)
        for line, (weeks, hours) in enumerate(paid, 2)
    ]
    load_payroll(rows=rows, people=people_of_payroll(sam, employer, on=today), by=sam, on=today)
    total = PayrollTotal.objects.get(week_starts_on=monday - timedelta(weeks=2))
    settle_difference(total=total, reason="A paid holiday on top of the week", by=sam, on=today)
