"""Every address × every role × whose row: the four answers, always the same."""

import re

import pytest
from django.urls import reverse

from apprentices.actions.competencies import sign_off
from apprentices.actions.evidence import add_evidence
from apprentices.actions.hour_files import upload
from apprentices.actions.reviews import begin
from apprentices.files.hour_headers import LIST_NEEDS
from apprentices.models import HourEntry, HourFile, SignOff, Wish
from apprentices.rules.rows import SignOffRow
from apprentices.tests.files_of_hours import csv
from apprentices.tests.weeks import MONDAY, approved, cell, submitted

pytestmark = pytest.mark.django_db

WATCHERS = {"sam", "oscar", "lee", "sue", "priya", "ada"}
SEES_ANA = {"sam", "lee", "sue", "priya", "ada"}
LOGS_FOR_ANA = DECIDES_ON_ANA = {"sam", "priya"}
READS_IMPORTS = {"sam", "oscar", "lee", "priya", "ada"}
EVERYBODY = WATCHERS | {"nobody", "nils", "ana", "bea"}
SIGN_IN, MISSING, NOT_YOURS, IN = 302, 404, 403, 200

# name of the address → (arguments of Ana's row, arguments of a missing one, who gets in, who sees it but may not)
ROOMS = {
    "crew": ([], None, WATCHERS, set()),
    "crew_week": ([MONDAY], None, WATCHERS, set()),
    "approvals": ([], None, {"sam", "oscar", "priya"}, set()),
    "week_hints": (["timesheet"], [10**18], DECIDES_ON_ANA | {"ana"}, SEES_ANA - DECIDES_ON_ANA),
    "entry_history": (["entry"], [10**18], SEES_ANA | {"ana"}, set()),
    "amend_week": (["timesheet"], [10**18], DECIDES_ON_ANA, set()),
    "move_hours": (["timesheet"], [10**18], DECIDES_ON_ANA, set()),
    "make_approval_link": (["timesheet"], [10**18], DECIDES_ON_ANA, set()),
    "week": ([MONDAY, "T-0001"], [MONDAY, "T-9"], SEES_ANA, set()),
    "progress": (["T-0001"], ["T-9"], SEES_ANA, set()),
    "hours": (["T-0001"], ["T-9"], SEES_ANA, set()),
    "amend_entry": (["entry"], [10**30], DECIDES_ON_ANA, SEES_ANA - DECIDES_ON_ANA),
    "competencies": (["T-0001"], ["T-9"], SEES_ANA, set()),
    "crew_competencies": ([], None, WATCHERS, set()),
    "crew_competency": (["competency"], [10**18], {"sam", "oscar", "priya"}, set()),
    "take_back_sign_off": (["sign_off"], [10**18], DECIDES_ON_ANA, set()),
    "week_zero": ([MONDAY, "T-0001"], [MONDAY, "T-9"], LOGS_FOR_ANA, SEES_ANA - LOGS_FOR_ANA),
    "crew_zero": ([MONDAY], None, {"sam", "oscar", "priya"}, set()),
    "week_spread": ([MONDAY, "T-0001"], [MONDAY, "T-9"], LOGS_FOR_ANA, SEES_ANA - LOGS_FOR_ANA),
    "week_evidence": ([MONDAY, "T-0001"], [MONDAY, "T-9"], SEES_ANA, set()),
    "evidence_file": (["file"], [10**18], SEES_ANA | {"ana"}, set()),
    "my_week_zero": ([MONDAY, "T-0001"], [MONDAY, "T-9"], set(), {"ana"}),
    "my_week_spread": ([MONDAY, "T-0001"], [MONDAY, "T-9"], set(), {"ana"}),
    "my_week_evidence": ([MONDAY, "T-0001"], [MONDAY, "T-9"], {"ana"}, set()),
    "my_competencies": ([], None, {"ana", "bea"}, set()),
    "crew_reviews": ([], None, WATCHERS, set()),
    "reviews": (["T-0001"], ["T-9"], SEES_ANA, set()),
    "review": (["T-0001", "review"], ["T-0001", 10**18], SEES_ANA, set()),
    "withdraw_review": (["T-0001", "review"], ["T-0001", 10**18], DECIDES_ON_ANA, SEES_ANA - DECIDES_ON_ANA),
    "my_reviews": ([], None, {"ana", "bea"}, set()),
    "my_review": (["T-0001", "review"], ["T-0001", 10**18], {"ana"}, set()),
    "wishes": ([], None, WATCHERS, set()),
    "wish": (["wish"], [10**18], SEES_ANA, set()),
    "imports": ([], None, READS_IMPORTS, set()),
    "payroll": ([], None, READS_IMPORTS, set()),
    "import_file": (["hour_file"], [10**18], {"sam", "lee", "priya", "ada"}, set()),
    "import_columns": (["hour_file"], [10**18], {"sam", "priya"}, {"lee", "ada"}),
    "import_words": (["hour_file"], [10**18], {"sam", "priya"}, {"lee", "ada"}),
    "import_errors": (["hour_file"], [10**18], {"sam", "priya"}, {"lee", "ada"}),
    "import_progress": (["hour_file"], [10**18], {"sam", "lee", "priya", "ada"}, set()),
    "my_progress": ([], None, {"ana", "bea"}, set()),
    "my_hours": ([], None, {"ana", "bea"}, set()),
    "my_week": ([MONDAY, "T-0001"], [MONDAY, "T-9"], {"ana"}, set()),
}


def _page(response):
    """The page but for the token of its forms and the name of who looks at it."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", response.content)


@pytest.fixture
def rows(ana_at_acme, sam):
    """{what ROOMS calls it: the key} of rows of Ana's."""
    week = approved(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam)
    sign_off(rows=[SignOffRow(1, "T-0001", "A", 1, MONDAY, "Sam")], on=MONDAY, by=sam)
    signed = SignOff.objects.get()
    begun = begin(apprenticeship=ana_at_acme, by=sam, on=MONDAY)
    file = csv("T-0001,2026-03-03,A,8,,")
    columns = dict.fromkeys(file.split("\n")[0].split(","), "") | {name: name for name in LIST_NEEDS}
    hour_file = upload(
        employer=ana_at_acme.employer,
        file_name="hours.csv",
        content=file.encode(),
        columns=columns,
        day_first=False,
        by=sam,
    )
    HourFile.objects.filter(pk=hour_file.pk).update(state="PREVIEWED")
    evidence = add_evidence(
        apprenticeship=ana_at_acme, day=MONDAY, file_name="week.pdf", content=b"%PDF-", by=sam, on=MONDAY
    )
    return {
        "hour_file": hour_file.pk,
        "timesheet": week.pk,
        "file": evidence.pk,
        "entry": HourEntry.objects.get(timesheet=week).pk,
        "sign_off": signed.pk,
        "competency": signed.competency_id,
        "review": begun.pk,
        "wish": Wish.objects.create(
            apprenticeship=ana_at_acme, text="The robot cell", wished_at=begun.recorded_at, wished_by=sam
        ).pk,
    }


def address_of(name, rows):
    return reverse(name, args=[rows.get(part, part) for part in ROOMS[name][0]])


@pytest.mark.parametrize("name", ROOMS)
def test_each_role_gets_its_answer_about_ana(everybody, rows, name):
    _arguments, _missing, inside, seeing = ROOMS[name]
    address = address_of(name, rows)
    answers = {role: client.get(address).status_code for role, client in everybody.items()}
    expected = {role: IN if role in inside else NOT_YOURS if role in seeing else MISSING for role in EVERYBODY}
    assert answers == expected | {"nobody": SIGN_IN}


@pytest.mark.parametrize("name", [name for name, room in ROOMS.items() if room[1]])
def test_a_row_that_does_not_exist_is_missing_for_everybody(everybody, rows, name):
    address = reverse(name, args=ROOMS[name][1])
    answers = {role: client.get(address).status_code for role, client in everybody.items()}
    assert answers == dict.fromkeys(EVERYBODY, MISSING) | {"nobody": SIGN_IN}


@pytest.mark.parametrize(
    "name", ["week", "progress", "hours", "amend_entry", "competencies", "take_back_sign_off", "review", "wish"]
)
def test_a_stranger_cannot_tell_anas_row_from_a_missing_one(everybody, rows, name):
    hers = everybody["oscar"].get(address_of(name, rows))
    missing = everybody["oscar"].get(reverse(name, args=ROOMS[name][1]))
    assert (hers.status_code, _page(hers)) == (missing.status_code, _page(missing))


def test_only_who_logs_for_ana_may_send_her_week(everybody, ana_at_acme):
    address = reverse("week", args=[MONDAY, "T-0001"])
    answers = {role: client.post(address, {"edit_number": 1}).status_code for role, client in everybody.items()}
    seeing = dict.fromkeys(SEES_ANA - LOGS_FOR_ANA, NOT_YOURS)
    # of the two who may, the first saves, and the second is told that it changed meanwhile
    done = {role: answers.pop(role) for role in LOGS_FOR_ANA}
    assert sorted(done.values()) == [302, 409]
    assert answers == dict.fromkeys(EVERYBODY - LOGS_FOR_ANA, MISSING) | seeing | {"nobody": SIGN_IN}


def test_ana_may_not_log_where_her_employer_does_not_let_apprentices(everybody):
    assert everybody["ana"].post(reverse("my_week", args=[MONDAY, "T-0001"]), {"edit_number": 1}).status_code == 403


@pytest.mark.parametrize("role", sorted(EVERYBODY - DECIDES_ON_ANA))
def test_nobody_else_decides_on_anas_week(everybody, ana_at_acme, sam, role):
    week = submitted(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam)
    sent = {f"version-{week.pk}": week.version, f"pick-{week.pk}": "on", "act": "approve"}
    response = everybody[role].post(reverse("approvals"), sent)
    assert response.status_code == (SIGN_IN if role == "nobody" else MISSING)
    week.refresh_from_db()
    assert week.state == "SUBMITTED"


def test_a_supervisor_who_is_the_apprentice_sees_the_own_week_but_may_not_decide(everybody, ana_at_acme, sam, priya):
    ana_at_acme.apprentice.user = sam
    ana_at_acme.apprentice.save()
    week = submitted(ana_at_acme, [cell("A", MONDAY, "8.00")], by=priya)
    sent = {f"version-{week.pk}": week.version, f"pick-{week.pk}": "on", "act": "approve"}
    assert everybody["sam"].post(reverse("approvals"), sent).status_code == NOT_YOURS


@pytest.mark.parametrize("name", ROOMS)
@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_other_method_is_answered(everybody, rows, name, method):
    assert getattr(everybody["priya"], method)(address_of(name, rows)).status_code == 405
