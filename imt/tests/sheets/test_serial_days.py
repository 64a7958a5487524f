import math
from datetime import datetime, timedelta

import pytest

from imt.sheets.serial_days import BUILT_IN_FORMATS, DAY, TIME, kind_of, moment


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", None),
        ("0.00", None),
        ("#,##0.00_);[Red]\\(#,##0.00\\)", None),
        ('0.0" days"', None),
        ("0\\h", None),
        ("0.00E+00", None),
        ("@", None),
        ("yyyy-mm-dd", DAY),
        ("[$-409]mmmm d, yyyy;@", DAY),
        ("m/d/yy h:mm", DAY),
        ("mmm", DAY),
        ("h:mm", TIME),
        ("hh:mm:ss AM/PM", TIME),
        ("mm:ss.0", TIME),
        ("[h]:mm", TIME),
        ("[hh]:mm:ss", TIME),
        ("[mm]", TIME),
        ("[Red][h]:mm", TIME),
    ],
)
def test_a_number_format_shows_a_day_a_time_or_a_number(code, kind):
    assert kind_of(code) == kind


def test_the_built_in_formats_of_days_and_times_are_known():
    assert (BUILT_IN_FORMATS[14], BUILT_IN_FORMATS[22], BUILT_IN_FORMATS[20], BUILT_IN_FORMATS[46]) == (
        DAY,
        DAY,
        TIME,
        TIME,
    )
    assert 2 not in BUILT_IN_FORMATS


@pytest.mark.parametrize(
    ("number", "kind", "is_1904", "value"),
    [
        (46328, DAY, False, datetime(2026, 11, 2)),
        (46328.3125, DAY, False, datetime(2026, 11, 2, 7, 30)),
        (46328.3125, TIME, False, datetime(2026, 11, 2, 7, 30)),
        (44866, DAY, True, datetime(2026, 11, 2)),
        (61, DAY, False, datetime(1900, 3, 1)),
        (1, DAY, False, datetime(1900, 1, 1)),
        (0.3125, DAY, False, timedelta(hours=7, minutes=30)),
        (0.3125, TIME, False, timedelta(hours=7, minutes=30)),
        (0.30555555555555558, TIME, False, timedelta(hours=7, minutes=20)),
        (1, TIME, False, timedelta(hours=24)),
        (1.6666666666666667, TIME, False, timedelta(hours=40)),
        (0, TIME, False, timedelta()),
        (-1, DAY, False, -1),
        (-0.5, TIME, False, -0.5),
        (1e9, DAY, False, 1e9),
        (math.nextafter(2958465, 0), DAY, False, datetime(9999, 12, 31)),
    ],
)
def test_a_serial_day_is_a_day_or_a_duration(number, kind, is_1904, value):
    assert moment(number, kind, is_1904) == value
