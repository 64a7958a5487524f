import io

import pytest
from django.core.management import CommandError, call_command

from apprentices.models import JourneyCard
from imt.audit.models import AuditEvent


def issue_card(*arguments):
    out, err = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command("issue_card", *arguments, stdout=out, stderr=err)
    except SystemExit as exit_:
        code = exit_.code
    return code, out.getvalue(), err.getvalue()


def test_the_card_is_issued_and_its_number_printed(ready, priya):
    code, out, err = issue_card("T-0001", "--by", "Priya@example.org")
    card = JourneyCard.objects.get()
    assert (code, out, err) == (0, f"{card.number}\n", "")
    assert card.issued_by == priya
    origins = AuditEvent.objects.filter(event="journey_card.issued").values_list("origin", flat=True)
    assert set(origins) == {"command issue_card"}


def test_a_refusal_says_each_missing_requirement_on_a_line_of_its_own(ana_at_acme, priya):
    code, out, err = issue_card("T-0001", "--by", "priya@example.org")
    assert (code, out) == (1, "")
    assert err.splitlines()[0] == "OJL_TOTAL 0.00 of 30.00, 30.00 h short"
    assert err.splitlines()[-1] == "COMPETENCIES 0 of 3, 3 short"
    assert not JourneyCard.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("T-9999", "--by", "priya@example.org"), "no apprenticeship T-9999"),
        (("T-0001", "--by", "nobody@example.org"), "no user nobody@example.org"),
        (("T-0001", "--by", "sam@example.org"), "staff"),
    ],
)
def test_who_and_whom_must_be_known_and_allowed(ready, sam, arguments, said):
    with pytest.raises(CommandError, match=said):
        issue_card(*arguments)


def test_a_second_card_is_refused(ready, priya):
    issue_card("T-0001", "--by", "priya@example.org")
    with pytest.raises(CommandError, match="was issued"):
        issue_card("T-0001", "--by", "priya@example.org")
