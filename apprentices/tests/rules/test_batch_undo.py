"""What becomes of a week when the file that was taken into it is taken back."""

import pytest

from apprentices.rules.batch_undo import NEW, Restored, Standing, left_by_file, week_after_undo

NONE = Standing(NEW, 0)


@pytest.mark.parametrize(
    ("before", "decided", "left"),
    [
        (NONE, None, Standing("SUBMITTED", 1)),
        (NONE, 1, Standing("APPROVED", 1)),
        (Standing("DRAFT", 1), None, Standing("SUBMITTED", 1)),
        (Standing("DRAFT", 3), None, Standing("SUBMITTED", 3)),
        (Standing("RETURNED", 1), None, Standing("SUBMITTED", 2)),
        (Standing("SUBMITTED", 2), None, Standing("SUBMITTED", 3)),
        (Standing("APPROVED", 1), None, Standing("SUBMITTED", 2)),
        (Standing("APPROVED", 1), 2, Standing("APPROVED", 2)),
    ],
)
def test_what_a_file_leaves_of_a_week(before, decided, left):
    assert left_by_file(before, decided) == left


@pytest.mark.parametrize(
    ("before", "decided", "restored"),
    [
        (NONE, None, Restored("DRAFT", 1)),
        (Standing("DRAFT", 1), None, Restored("DRAFT", 1)),
        (Standing("RETURNED", 1), None, Restored("RETURNED", 1)),
        (Standing("SUBMITTED", 2), None, Restored("SUBMITTED", 2)),
        (Standing("APPROVED", 1), None, Restored("APPROVED", 1)),
        (NONE, 1, Restored("DRAFT", 2, undoes_decision=True)),
        (Standing("DRAFT", 1), 1, Restored("DRAFT", 2, undoes_decision=True, brings_back=True)),
        (Standing("RETURNED", 1), 2, Restored("DRAFT", 3, undoes_decision=True, brings_back=True)),
        (Standing("SUBMITTED", 1), 1, Restored("SUBMITTED", 2, undoes_decision=True, brings_back=True)),
        (Standing("APPROVED", 1), 2, Restored("APPROVED", 2)),
    ],
)
def test_a_week_that_nobody_has_touched_since_is_as_it_was(before, decided, restored):
    assert week_after_undo(before, left_by_file(before, decided), decided) == restored


@pytest.mark.parametrize(
    ("before", "now", "decided"),
    [
        (NONE, Standing("APPROVED", 1), None),
        (NONE, Standing("RETURNED", 1), None),
        (NONE, Standing("DRAFT", 2), None),
        (NONE, Standing("SUBMITTED", 2), 1),
        (Standing("APPROVED", 1), Standing("DRAFT", 3), 2),
        (Standing("SUBMITTED", 1), Standing("SUBMITTED", 3), 1),
    ],
)
def test_a_week_that_has_gone_on_keeps_the_file(before, now, decided):
    assert week_after_undo(before, now, decided) is None


def test_claims_that_waited_beside_the_file_go_on_waiting_with_those_it_approved():
    restored = week_after_undo(Standing("SUBMITTED", 1), Standing("SUBMITTED", 2), 1)
    assert restored == Restored("SUBMITTED", 2, undoes_decision=True, brings_back=True)
