"""Punches in and out as hours per person, day and process."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentices.rules.hour_lines import LineOutcome, Person, check_line, process_names
from apprentices.rules.punches import Punch, hours_of_punches

DAY = "2026-11-09"
PEOPLE = {"1042": Person(7, 70, 700, process_names([(1, "A", "A. Safety"), (2, "B", "B. Set-up")]))}


def punch(time_in, time_out, *, line=2, ref="1042", day=DAY, process="A"):
    return Punch(line, ref, day, time_in, time_out, process)


def read(*punches, day_first=False):
    """[(day, hundredths), or (field, found, expected, cell) of the fault]."""
    return [
        one.fault or (one.worked_on.isoformat(), one.hours) for one in hours_of_punches(punches, day_first=day_first)
    ]


@pytest.mark.parametrize(
    ("time_in", "time_out", "day", "expected"),
    [
        ("7:00", "15:30", DAY, (DAY, 850)),
        ("7:00 AM", "3:30 PM", DAY, (DAY, 850)),
        ("7:00a", "3:30p", DAY, (DAY, 850)),
        ("12:00 am", "12:00 p.m.", DAY, (DAY, 1200)),
        ("07:00:00", "07:20:00", DAY, (DAY, 33)),
        ("2026-11-09 07:00", "2026-11-09 15:00", "", (DAY, 800)),
        ("11/09/2026 7:00 AM", "11/09/2026 3:00 PM", "", (DAY, 800)),
        ("2026-11-09T07:00:00", "15:00", "", (DAY, 800)),
        (datetime(2026, 11, 9, 7), datetime(2026, 11, 9, 15), "", (DAY, 800)),
        (timedelta(hours=7), timedelta(hours=15), datetime(2026, 11, 9), (DAY, 800)),
        ("22:00", "6:00", DAY, (DAY, 800)),
        ("2026-11-09 22:00", "2026-11-10 06:00", "", (DAY, 800)),
    ],
)
def test_the_hours_from_in_to_out_belong_to_the_day_of_the_in(time_in, time_out, day, expected):
    assert read(punch(time_in, time_out, day=day)) == [expected]


@pytest.mark.parametrize(
    ("time_in", "time_out", "day", "field", "cell"),
    [
        ("7:00", "", DAY, "hours", "time_out"),
        ("7:00", "late", DAY, "hours", "time_out"),
        ("7:00", "25:00", DAY, "hours", "time_out"),
        ("7:00", "13:00 PM", DAY, "hours", "time_out"),
        ("7:00", "7:00", DAY, "hours", "time_out"),
        ("2026-11-09 07:00", "2026-11-09 06:00", "", "hours", "time_out"),
        ("2026-11-09 07:00", "2026-11-10 07:01", "", "hours", "time_out"),
        ("", "15:00", DAY, "worked_on", "time_in"),
        ("7:00", "15:00", "", "worked_on", "time_in"),
        ("7:00", "15:00", "soon", "worked_on", "worked_on"),
        ("2026-13-09 07:00", "15:00", "", "worked_on", "time_in"),
        (7.5, "15:00", DAY, "worked_on", "time_in"),
    ],
)
def test_what_gives_no_hours_names_its_cell(time_in, time_out, day, field, cell):
    ((found_field, _found, _expected, found_cell),) = read(punch(time_in, time_out, day=day))
    assert (found_field, found_cell) == (field, cell)


def test_days_with_slashes_are_read_day_first_where_the_plant_writes_them_so():
    assert read(punch("09/11/2026 7:00", "15:00", day=""), day_first=True) == [(DAY, 800)]


def test_a_punch_that_begins_before_the_last_one_has_ended_names_the_line_it_overlaps():
    first, second = read(punch("7:00", "15:00", line=2), punch("14:30", "16:00", line=3))
    assert first == (DAY, 800)
    assert second == ("hours", "2026-11-09 14:30", "a time from 2026-11-09 15:00 on: line 2 ends then", "time_in")


def test_the_order_of_the_lines_does_not_matter_for_an_overlap():
    later, earlier = read(punch("14:30", "16:00", line=2), punch("7:00", "15:00", line=3))
    assert earlier == (DAY, 800)
    assert later[1] == "2026-11-09 14:30"


def test_a_night_shift_overlaps_the_early_shift_of_the_next_day():
    _night, early = read(punch("22:00", "6:00"), punch("5:30", "8:00", day="2026-11-10", line=3))
    assert early[3] == "time_in"


def test_two_people_may_work_at_the_same_time():
    assert read(punch("7:00", "15:00"), punch("7:00", "15:00", ref="1043")) == [(DAY, 800)] * 2


def test_a_break_lies_between_two_pairs_and_the_parts_add_up_to_the_rounded_sum():
    assert read(punch("7:00", "10:40"), punch("11:10", "14:50", line=3)) == [(DAY, 367), (DAY, 366)]


def test_each_process_of_a_day_is_summed_for_itself():
    assert read(punch("7:00", "10:40"), punch("11:10", "14:50", process="B")) == [(DAY, 367), (DAY, 367)]


@given(st.lists(st.integers(1, 59), min_size=1, max_size=20))
def test_however_a_day_is_cut_up_it_sums_to_its_minutes(minutes):
    start, punches = datetime(2026, 11, 9), []
    for line, worked in enumerate(minutes, 2):
        end = start + timedelta(minutes=worked)
        punches.append(punch(start, end, line=line))
        start = end
    hours = sum(hundredths for _day, hundredths in read(*punches))
    assert abs(hours - sum(minutes) * 100 / 60) <= 0.5


def checked(*punches):
    return [check_line(one, people=PEOPLE, day_first=False) for one in hours_of_punches(punches)]


def test_a_punch_is_a_claim_of_its_person_and_process():
    ((claim,),) = checked(punch("7:00", "15:00", process="a. safety"))
    assert (claim.apprenticeship_id, claim.work_process_id, claim.worked_on, claim.hours, claim.cell) == (
        7,
        1,
        date(2026, 11, 9),
        800,
        "time_out",
    )


@pytest.mark.parametrize(
    ("change", "field", "cell"),
    [
        ({"ref": "9"}, "apprentice_ref", "apprentice_ref"),
        ({"process": "Z"}, "work_process", "work_process"),
        ({"day": "x", "process": "Z"}, "worked_on", "worked_on"),
    ],
)
def test_a_punch_is_checked_in_the_order_of_every_line(change, field, cell):
    (found,) = checked(punch("7:00", "15:00", **change))
    assert isinstance(found, LineOutcome)
    assert (found.field, found.cell) == (field, cell)


def test_a_missing_out_is_told_with_what_to_do():
    (found,) = checked(punch("7:00", ""))
    assert (found.line, found.field, found.found, found.expected) == (
        2,
        "hours",
        "nothing",
        "the time at which they left",
    )
