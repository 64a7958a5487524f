import pytest

from employers.rules.rows import ACCEPTED, ERROR, SKIPPED, RowError, RowOutcome, Taken, refuse_errors, refused, shown


def test_an_empty_cell_is_shown_as_nothing():
    assert refused(5, "status", "", "some text") == RowOutcome(5, ERROR, "status", "nothing", "some text")


def test_a_long_cell_is_cut():
    assert shown("x" * 80) == "x" * 59 + "…"


def test_taken_counts_its_outcomes():
    taken = Taken([RowOutcome(2, ACCEPTED), RowOutcome(3, SKIPPED), RowOutcome(4, ACCEPTED)])
    assert taken.counts == {"accepted": 2, "skipped": 1}
    assert taken.changes_anything


def test_nothing_but_skipped_lines_changes_nothing():
    assert not Taken([RowOutcome(2, SKIPPED)]).changes_anything


def test_one_wrong_line_refuses_all_of_them():
    outcomes = [RowOutcome(4, ACCEPTED), refused(3, "hours", "x", "hours")]
    with pytest.raises(RowError) as refusal:
        refuse_errors(outcomes)
    assert [outcome.line for outcome in refusal.value.outcomes] == [3, 4]
    assert [outcome.field for outcome in refusal.value.errors] == ["hours"]


def test_good_lines_are_not_refused():
    refuse_errors([RowOutcome(2, ACCEPTED), RowOutcome(3, SKIPPED)])
