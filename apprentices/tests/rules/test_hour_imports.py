"""What becomes of the claims of one person's day, beside what is known of it."""

from datetime import date

import pytest

from apprentices.rules.hour_imports import DayClaim, KnownEntry, judge_day, outcomes_of_lines

ACME, OTHER = 1, 2  # employers
ANA, ANA_ELSEWHERE = 10, 20  # apprenticeships of one person
DAY = date(2026, 11, 9)


def claim(line, hours, process="A", ref="", **changes):
    values = {
        "line": line,
        "employer_id": ACME,
        "apprenticeship_id": ANA,
        "process": process,
        "work_process_id": ord(process),
        "worked_on": DAY,
        "hours": hours,
        "note": "",
        "entry_ref": ref,
        "cell": "hours",
        "has_owner": False,
    }
    return DayClaim(**values | changes)


def entry(hours, process="A", state="DRAFT", **changes):
    values = {
        "entry_id": 7,
        "timesheet_id": 3,
        "apprenticeship_id": ANA,
        "process": process,
        "worked_on": DAY,
        "hours": hours,
        "state": state,
        "since": "2026-11-10",
        "counts": None,
    }
    return KnownEntry(**values | changes)


def judged(claims, *, by_ref=None, plain=None, taken=0, refused=None):
    return judge_day(claims, by_ref=by_ref or {}, plain=plain or {}, taken=taken, refused=refused or {})


def said(claims, **known):
    """["accepted", "error:hours", …]"""
    return [f"error:{one.field}" if one.outcome == "error" else one.outcome for one in judged(claims, **known)]


def test_hours_of_an_empty_day_are_accepted():
    assert said([claim(2, 800), claim(3, 100, "B")]) == ["accepted", "accepted"]


@pytest.mark.parametrize(
    ("known", "hours", "process", "expected"),
    [
        (entry(800), 800, "A", "skipped"),
        (entry(800), 750, "A", "error:entry_ref"),
        (entry(800), 800, "B", "error:entry_ref"),
        (entry(800, worked_on=date(2026, 11, 8)), 800, "A", "error:entry_ref"),
        (entry(800, apprenticeship_id=99), 800, "A", "error:entry_ref"),
        (entry(800, state="APPROVED", counts=("A", 700)), 800, "A", "skipped"),
        (entry(800, state="APPROVED", counts=("A", 700)), 700, "A", "skipped"),
        (entry(800, state="APPROVED", counts=("A", 700)), 600, "A", "error:entry_ref"),
    ],
)
def test_a_known_reference_is_skipped_when_it_says_the_same(known, hours, process, expected):
    assert said([claim(2, hours, process, "r1")], by_ref={(ACME, "r1"): known}) == [expected]


def test_a_reference_of_another_employer_is_another_reference():
    assert said([claim(2, 800, ref="r1")], by_ref={(OTHER, "r1"): entry(100)}) == ["accepted"]


def test_a_reference_twice_in_the_file_is_skipped_or_wrong():
    claims = [claim(2, 800, ref="r1"), claim(3, 800, ref="r1"), claim(4, 600, ref="r1")]
    assert said(claims) == ["accepted", "skipped", "error:entry_ref"]


def test_a_reference_that_an_earlier_line_has_for_another_day_is_wrong():
    assert said([claim(5, 800, ref="r1", has_owner=True)]) == ["error:entry_ref"]


def test_a_reference_of_a_refused_line_may_be_used_again():
    assert said([claim(2, 2400, ref="r1"), claim(3, 300, ref="r1")], taken=600) == ["error:hours", "accepted"]


def test_a_reference_longer_than_its_column_is_wrong():
    assert said([claim(2, 800, ref="r" * 101)]) == ["error:entry_ref"]


@pytest.mark.parametrize(
    ("state", "expected"),
    [("DRAFT", "changed"), ("RETURNED", "changed"), ("SUBMITTED", "error:hours"), ("APPROVED", "error:hours")],
)
def test_other_hours_without_reference_change_a_draft_and_nothing_else(state, expected):
    known = {(ANA, "A"): entry(800, state=state)}
    assert said([claim(2, 700)], plain=known, taken=800) == [expected]


@pytest.mark.parametrize("state", ["DRAFT", "RETURNED", "SUBMITTED", "APPROVED"])
def test_the_same_hours_without_reference_are_skipped(state):
    assert said([claim(2, 800)], plain={(ANA, "A"): entry(800, state=state)}, taken=800) == ["skipped"]


def test_a_waiting_entry_says_since_when_and_what_to_do():
    (one,) = judged([claim(2, 700)], plain={(ANA, "A"): entry(800, state="SUBMITTED")})
    assert one.expected == "waiting as 8.00 since 2026-11-10: recall or return the week"


def test_an_approved_entry_says_what_counts_and_what_to_do():
    (one,) = judged([claim(2, 700)], plain={(ANA, "A"): entry(800, state="APPROVED", counts=("A", 750))})
    assert one.expected == "approved as 7.50 on 2026-11-10: amend it"


def test_lines_without_reference_are_summed_before_they_are_compared():
    known = {(ANA, "A"): entry(750)}
    assert said([claim(2, 400), claim(3, 350)], plain=known, taken=750) == ["skipped", "skipped"]
    assert said([claim(2, 400), claim(3, 300)], plain=known, taken=750) == ["changed", "changed"]


def test_the_later_line_is_the_one_that_overfills_a_day():
    assert said([claim(2, 1600), claim(3, 801, "B"), claim(4, 800, "B", "r")]) == [
        "accepted",
        "error:hours",
        "accepted",
    ]


def test_a_day_holds_what_was_there_before():
    assert said([claim(2, 801)], taken=1600) == ["error:hours"]
    assert said([claim(2, 800)], taken=1600) == ["accepted"]


def test_a_change_frees_the_hours_that_it_replaces_once():
    known = {(ANA, "A"): entry(800)}
    assert said([claim(2, 1200), claim(3, 400)], plain=known, taken=1600) == ["changed", "changed"]
    assert said([claim(2, 1200), claim(3, 401)], plain=known, taken=1600) == ["changed", "error:hours"]


def test_a_refused_change_frees_nothing():
    known = {(ANA, "A"): entry(800)}
    assert said([claim(2, 2000), claim(3, 900, "B")], plain=known, taken=1600) == ["error:hours", "error:hours"]


def test_a_day_on_which_nobody_may_work_is_wrong_after_the_reference():
    refused = {ANA: ("2026-11-09, when the status was SUSPENDED", "a day with status ACTIVE")}
    known = {(ACME, "r1"): entry(100)}
    claims = [claim(2, 800), claim(3, 800, ref="r1"), claim(4, 800, apprenticeship_id=ANA_ELSEWHERE)]
    assert said(claims, refused=refused, by_ref=known) == ["error:worked_on", "error:entry_ref", "accepted"]


def test_a_line_of_a_matrix_is_wrong_if_one_cell_is_and_names_its_weekday():
    cells = [claim(2, 800, cell="Mon"), claim(2, 2000, "B", cell="Tue")]
    outcome = outcomes_of_lines(judged(cells))[2]
    assert (outcome.outcome, outcome.field, outcome.cell) == ("error", "hours", "Tue")


def test_a_line_of_a_matrix_with_several_wrong_cells_says_what_the_first_check_finds():
    refused = {ANA: ("2026-11-10, when the status was SUSPENDED", "a day with status ACTIVE")}
    overfull = judged([claim(2, 800, cell="Mon")], taken=2000)
    on_a_day_off = judged([claim(2, 800, cell="Tue")], refused=refused)
    waits = judged([claim(2, 800, cell="Wed")], plain={(ANA, "A"): entry(400, state="SUBMITTED")})
    assert outcomes_of_lines(overfull + on_a_day_off)[2].field == "worked_on"
    assert outcomes_of_lines(overfull + on_a_day_off + waits)[2].cell == "Wed"


def test_a_line_of_a_matrix_is_changed_before_it_is_accepted_and_accepted_before_it_is_skipped():
    known = {(ANA, "A"): entry(800), (ANA, "B"): entry(100, "B", entry_id=8)}
    mixed = judged([claim(2, 800), claim(2, 50, "B"), claim(2, 100, "C")], plain=known, taken=900)
    assert outcomes_of_lines(mixed)[2].outcome == "changed"
    assert outcomes_of_lines([mixed[0], mixed[2]])[2].outcome == "accepted"
    assert outcomes_of_lines([mixed[0]])[2].outcome == "skipped"


def test_a_void_line_uses_up_no_hours_and_no_reference():
    claims = [claim(2, 2000, ref="r1", is_void=True), claim(3, 800, "B"), claim(4, 400, ref="r1")]
    assert said(claims) == ["error:worked_on", "accepted", "accepted"]


def test_lines_past_the_24th_hour_are_not_summed_with_those_that_were_taken():
    known = {(ANA, "A"): entry(2000, state="SUBMITTED")}
    assert said([claim(2, 2000), claim(3, 500)], plain=known, taken=2000) == ["skipped", "error:hours"]
