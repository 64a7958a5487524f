"""What a browser sends while somebody types."""

import json

import pytest
from django.urls import reverse

from apprentices.models import TypedWeek
from apprentices.tests.weeks import MONDAY

pytestmark = pytest.mark.django_db
ADDRESS, MINE = reverse("typed_weeks"), reverse("my_typed_weeks")


def message(of, **changes):
    week = {"apprenticeship": of.pk, "week": str(MONDAY), "edit_number": 1} | changes
    return json.dumps({"weeks": [{"typed": {"hours-1-20260302": "8"}} | week]})


def send(client, body, address=ADDRESS):
    return client.post(address, body, content_type="application/json").status_code


def test_what_is_typed_is_kept_for_who_typed_it(as_sam, ana_at_acme, sam):
    assert send(as_sam, message(ana_at_acme)) == 204
    row = TypedWeek.objects.get()
    assert (row.user, row.apprenticeship, row.typed) == (sam, ana_at_acme, {"hours-1-20260302": "8"})


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{}", '{"weeks": 1}', '{"weeks": [{}]}', '{"weeks": [{"apprenticeship": "x"}]}', "\x00", "[" * 5000],
)
def test_what_the_page_does_not_send_is_refused(as_sam, body):
    assert send(as_sam, body) == 400


@pytest.mark.parametrize(
    "changes",
    [
        {"edit_number": 0},
        {"edit_number": 2**40},
        {"apprenticeship": 2**70},
        {"week": "2026-13-01"},
        {"typed": {"hours-1-20260302": 8}},
        {"typed": {f"hours-{number}-20260302": "8" for number in range(700)}},
        {"typed": {"hours-1-20260302": "8\x00"}},
        {"typed": ["8"]},
    ],
)
def test_values_that_cannot_be_are_refused(as_sam, ana_at_acme, changes):
    assert send(as_sam, message(ana_at_acme, **changes)) == 400
    assert not TypedWeek.objects.exists()


def test_each_role_gets_its_answer(everybody, ana_at_acme):
    answers = {role: send(client, message(ana_at_acme)) for role, client in everybody.items()}
    logging = dict.fromkeys(("sam", "priya"), 204)
    reading = dict.fromkeys(("lee", "sue", "ada"), 403)
    assert answers == dict.fromkeys(answers, 404) | logging | reading | {"nobody": 302}


def test_ana_keeps_nothing_where_apprentices_do_not_log_and_nobody_hers(everybody, ana_at_acme):
    assert send(everybody["ana"], message(ana_at_acme), MINE) == 403
    assert send(everybody["bea"], message(ana_at_acme), MINE) == 404
