"""Shapes of hour files: presets for the usual time clocks and payrolls, and those that an employer's people settle."""

from django.db import transaction
from django.utils import timezone

from apprentices.models import HourFileShape, HourFileWord
from imt.audit.actions import record

# Column names as these programs are publicly known to export them. None was compared with a file of the program itself,
# and most of them let each plant choose its own columns: staff correct the rows in the admin. What a header does not
# have is passed over; of several columns for one field the first is taken.
_PRESETS = {
    "ADP": {
        "File Number": "apprentice_ref",
        "File #": "apprentice_ref",
        "Associate ID": "apprentice_ref",
        "Position ID": "apprentice_ref",
        "Pay Date": "worked_on",
        "Date": "worked_on",
        "Reg Hours": "hours",
        "Regular Hours": "hours",
        "Hours": "hours",
        "O/T Hours": "overtime",
        "Overtime Hours": "overtime",
        "Job": "work_process",
        "Job Code": "work_process",
        "Worked Department": "work_process",
        "Department": "work_process",
        "Earnings Code": "pay_code",
    },
    "UKG / Kronos": {
        "Person Number": "apprentice_ref",
        "Employee ID": "apprentice_ref",
        "Badge Number": "apprentice_ref",
        "Apply Date": "worked_on",
        "Date": "worked_on",
        "Hours": "hours",
        "Actual Hours": "hours",
        "Regular Hours": "hours",
        "Overtime Hours": "overtime",
        "Job": "work_process",
        "Labor Level": "work_process",
        "Cost Center": "work_process",
        "Pay Code": "pay_code",
        "Comment": "note",
    },
    "Paychex": {
        "Employee ID": "apprentice_ref",
        "Worker ID": "apprentice_ref",
        "Date": "worked_on",
        "Work Date": "worked_on",
        "Regular Hours": "hours",
        "Reg Hrs": "hours",
        "Hours": "hours",
        "Overtime Hours": "overtime",
        "OT Hrs": "overtime",
        "Doubletime Hours": "doubletime",
        "Job": "work_process",
        "Labor Assignment": "work_process",
        "Department": "work_process",
        "Pay Component": "pay_code",
    },
    "Paycom": {
        "EE Code": "apprentice_ref",
        "Employee Code": "apprentice_ref",
        "Clock Seq": "apprentice_ref",
        "Work Date": "worked_on",
        "Punch Date": "worked_on",
        "Date": "worked_on",
        "Hours": "hours",
        "Total Hours": "hours",
        "Labor Allocation": "work_process",
        "Allocation": "work_process",
        "Department": "work_process",
        "Earning Code": "pay_code",
    },
    "Punch list": {
        "Badge": "apprentice_ref",
        "Badge Number": "apprentice_ref",
        "Employee ID": "apprentice_ref",
        "Date": "worked_on",
        "In": "time_in",
        "Clock In": "time_in",
        "Time In": "time_in",
        "Out": "time_out",
        "Clock Out": "time_out",
        "Time Out": "time_out",
        "Department": "work_process",
        "Dept": "work_process",
        "Job": "work_process",
    },
    "Weekly matrix": {
        "Employee": "apprentice_ref",
        "Employee ID": "apprentice_ref",
        "Badge": "apprentice_ref",
        "Week Ending": "week_ending",
        "Process": "work_process",
        "Job": "work_process",
        "Department": "work_process",
        **{day: day for day in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")},
        "Total": "total",
    },
    "QuickBooks Time": {
        "username": "apprentice_ref",
        "payroll_id": "apprentice_ref",
        "local_date": "worked_on",
        "hours": "hours",
        "jobcode_1": "work_process",
        "jobcode": "work_process",
        "notes": "note",
        "id": "entry_ref",
    },
    "Clockify": {
        "Email": "apprentice_ref",
        "User": "apprentice_ref",
        "Start Date": "worked_on",
        "Duration (decimal)": "hours",
        "Duration (h)": "hours",
        "Task": "work_process",
        "Project": "work_process",
        "Description": "note",
    },
    "Harvest": {
        "Employee Id": "apprentice_ref",
        "Last Name": "apprentice_ref",
        "Date": "worked_on",
        "Hours": "hours",
        "Task": "work_process",
        "Project Code": "work_process",
        "Project": "work_process",
        "Notes": "note",
    },
}


@transaction.atomic
def lay_presets(*, by):
    """Make sure that the presets are there; one that is there already, edited or not, is left as it is."""
    present = set(HourFileShape.objects.filter(employer__isnull=True).values_list("name", flat=True))
    missing = [HourFileShape(name=name, columns=columns) for name, columns in _PRESETS.items() if name not in present]
    if missing:
        HourFileShape.objects.bulk_create(missing)
        record("hour_file_shape.added", by=by, subjects=HourFileShape.objects.filter(employer=None, name__in=_PRESETS))


def remember_shape(*, employer, name, columns, day_first, by):
    """Keep how an employer's files look, under a name of its own; a shape of that name is replaced. Runs inside the
    caller's action."""
    shape, is_new = HourFileShape.objects.update_or_create(
        employer=employer,
        name=name,
        defaults={"columns": columns, "day_first": day_first, "used_at": timezone.now()},
    )
    event = "hour_file_shape.added" if is_new else "hour_file_shape.changed"
    record(event, by=by, subjects=[shape], details={"columns": columns, "day_first": day_first})
    return shape


def remember_words(*, employer, words, by):
    """Keep what words of an employer's files mean. `words` {(field, as written): meaning}; runs inside the caller's
    action."""
    before = {
        (field, written): means
        for field, written, means in HourFileWord.objects.filter(employer=employer).values_list(
            "field", "written", "means"
        )
    }
    new = {word: means for word, means in words.items() if before.get(word) != means}
    now = timezone.now()
    HourFileWord.objects.bulk_create(
        [
            HourFileWord(employer=employer, field=field, written=written, means=means, recorded_at=now, recorded_by=by)
            for (field, written), means in new.items()
        ],
        update_conflicts=True,
        unique_fields=("employer", "field", "written"),
        update_fields=("means", "recorded_at", "recorded_by"),
    )
    if new:
        said = {f"{field}: {written}": [before.get((field, written)), means] for (field, written), means in new.items()}
        record("hour_file_words.settled", by=by, subjects=[employer], details=said)
    return len(new)
