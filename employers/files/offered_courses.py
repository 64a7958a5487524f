"""offered_courses.csv: provider, course, title, delivery, meets, meets_hours; one row per requirement that is met."""

from employers.files.cells import longest, read_rows
from employers.models import CrosswalkRow, OfferedCourse, TrainingProvider
from employers.rules.rows import OfferedCourseRow

_PROVIDER = longest(TrainingProvider, "name")
_CODE, _TITLE = longest(OfferedCourse, "code"), longest(OfferedCourse, "title")
_MEETS = longest(CrosswalkRow, "meets")
_DELIVERIES = tuple(OfferedCourse.Delivery.values)


def read_offered_courses(source, name, **reading):
    """([OfferedCourseRow], errors); `reading`: limits and progress of `read_rows`."""
    required = ("provider", "course", "title", "delivery", "meets", "meets_hours")
    return read_rows(source, name, _row, required=required, **reading)


def _row(cells):
    meets = cells.text("meets", _MEETS)
    return OfferedCourseRow(
        line=cells.line,
        provider=cells.text("provider", _PROVIDER, is_needed=True),
        course=cells.text("course", _CODE, is_needed=True),
        title=cells.text("title", _TITLE, is_needed=True),
        delivery=cells.choice("delivery", _DELIVERIES),
        meets=meets,
        meets_hours=cells.hours("meets_hours", is_needed=bool(meets)),
    )
