import io
from decimal import Decimal

from employers.files.offered_courses import read_offered_courses
from employers.rules.rows import OfferedCourseRow

HEADER = "provider,course,title,delivery,meets,meets_hours\n"


def read(text):
    return read_offered_courses(io.BytesIO((HEADER + text).encode()), "offered_courses.csv")


def test_a_row_is_read():
    assert read("MATC,IM1,Manufacturing 1,Self-paced,MSSC-S,48\n") == (
        [OfferedCourseRow(2, "MATC", "IM1", "Manufacturing 1", "SELF_PACED", "MSSC-S", Decimal("48.00"))],
        [],
    )


def test_a_course_may_meet_nothing():
    rows, errors = read("MATC,IM1,Manufacturing 1,online,,\n")
    assert (rows[0].meets, rows[0].meets_hours, errors) == ("", None, [])


def test_every_wrong_cell_is_named():
    rows, errors = read("MATC,IM1,Manufacturing 1,online,MSSC-S,48\n,IM1,,radio,MSSC-S,\n")
    assert len(rows) == 1
    assert [(error.line, error.field) for error in errors] == [
        (3, "provider"),
        (3, "title"),
        (3, "delivery"),
        (3, "meets_hours"),
    ]
