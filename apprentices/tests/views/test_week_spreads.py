from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from apprentices.actions.evidence import add_evidence
from apprentices.models import HourEntry, Timesheet
from apprentices.tests.weeks import DECIDED_ON, MONDAY, approved, cell, saved, submitted
from employers.models import ClosedDay, EmployerSettings, ShiftPattern, Standards, WorkProcess

pytestmark = pytest.mark.django_db
ADDRESS = reverse("week_spread", args=[MONDAY, "T-0001"])
TUESDAY = MONDAY + timedelta(days=1)
DAYS = [MONDAY + timedelta(days=number) for number in range(7)]


@pytest.fixture(autouse=True)
def _in_march():
    with time_machine.travel(f"{DECIDED_ON}T18:00:00Z", tick=False):
        yield


@pytest.fixture
def totals_allowed(standards):
    """The standards allow totals of weeks. Asked for before anybody is registered under them: then they are fixed."""
    Standards.objects.filter(pk=standards.pk).update(allows_week_totals=True)


@pytest.fixture
def process(ana_at_acme):
    keys = dict(WorkProcess.objects.filter(standards=ana_at_acme.standards).values_list("code", "pk"))
    return lambda code: keys[code]


def shown(client, kind, sent, **more):
    """The page after "show", of fields without their prefix."""
    fields = {f"{kind}-{name}": value for name, value in sent.items()}
    return client.post(ADDRESS, fields | more | {"act": f"show-{kind}", "edit_number": edit_number()})


def saved_from(client, kind, sent, **more):
    """Shown, and what was shown saved."""
    page = shown(client, kind, sent, **more)
    fields = {f"{kind}-{name}": value for name, value in sent.items()}
    seen = page.context["laid"].mark
    return client.post(
        ADDRESS, fields | more | {"act": f"save-{kind}", "edit_number": edit_number(), "seen": seen}, follow=True
    )


def edit_number():
    week = Timesheet.objects.filter(week_starts_on=MONDAY).first()
    return week.edit_number if week else 1


def entries():
    rows = HourEntry.objects.order_by("worked_on", "work_process__code")
    return [
        (day.isoformat()[-2:], code, str(hours), source)
        for day, code, hours, source in rows.values_list("worked_on", "work_process__code", "hours", "source")
    ]


def test_days_are_split_by_shares_shown_first_and_then_saved_as_split(as_sam, process):
    sent = {f"day-{MONDAY:%Y%m%d}": "8", f"day-{TUESDAY:%Y%m%d}": "7:20"}
    sent |= {f"share-{process('A')}": "60", f"share-{process('B')}": "40"}
    sent |= {"department": "Foundry", "note": "Line 4"}
    page = shown(as_sam, "split", sent)
    assert [str(row.total) for row in page.context["laid"].rows] == ["9.20", "6.13"]
    assert entries() == []
    assert "Saved as a draft" in saved_from(as_sam, "split", sent).content.decode()
    assert entries() == [
        ("02", "A", "4.80", "SPLIT"),
        ("02", "B", "3.20", "SPLIT"),
        ("03", "A", "4.40", "SPLIT"),
        ("03", "B", "2.93", "SPLIT"),
    ]
    assert set(HourEntry.objects.values_list("department", "note")) == {("Foundry", "Line 4")}


def test_what_changed_after_it_was_shown_is_shown_again_and_not_saved(as_sam, process):
    sent = {f"day-{MONDAY:%Y%m%d}": "8", f"share-{process('A')}": "1"}
    seen = shown(as_sam, "split", sent).context["laid"].mark
    fields = {f"split-{name}": value for name, value in (sent | {f"day-{MONDAY:%Y%m%d}": "9"}).items()}
    page = as_sam.post(ADDRESS, fields | {"act": "save-split", "seen": seen, "edit_number": 1})
    assert str(page.context["laid"].total) == "9.00"
    assert entries() == []


def test_a_split_replaces_what_stands_on_its_days_and_leaves_the_others(as_sam, ana_at_acme, sam, process):
    saved(ana_at_acme, [cell("A", MONDAY, "3", "Press"), cell("B", TUESDAY, "5", "Saw", "North")], by=sam)
    saved_from(as_sam, "split", {f"day-{MONDAY:%Y%m%d}": "8", f"share-{process('B')}": "1"})
    assert entries() == [("02", "B", "8.00", "SPLIT"), ("03", "B", "5.00", "LOGGED")]
    assert HourEntry.objects.get(worked_on=TUESDAY).note == "Saw"


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        ({}, "Write the hours of at least one day."),
        ({"day-20260302": "8"}, "Write the share of at least one work process"),
        ({"day-20260302": "eight"}, "“eight” is not hours"),
        ({"day-20260302": "25"}, "At most 24 hours."),
    ],
)
def test_what_is_missing_or_no_hours_is_said(as_sam, ana_at_acme, sent, text):
    page = shown(as_sam, "split", sent)
    assert any(text in error for _id, _label, error in page.context["errors"])
    assert page.context["laid"] is None


@pytest.mark.parametrize("share", ["-1", "x", "1e5", "NaN", "9" * 40])
def test_a_share_that_is_none_is_an_error_at_its_field(as_sam, process, share):
    page = shown(as_sam, "split", {"day-20260302": "8", f"share-{process('A')}": share})
    assert page.context["errors"][0][0] == f"id_split-share-{process('A')}"


def test_a_day_whose_hours_of_the_process_are_approved_is_refused_at_the_day(as_sam, ana_at_acme, sam, process):
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    page = shown(as_sam, "split", {"day-20260302": "4", f"share-{process('A')}": "1"})
    assert page.context["errors"][0][0] == "id_split-day-20260302"


def test_a_total_per_process_is_laid_over_the_shift_and_marked(totals_allowed, as_sam, process, acme):
    four_tens = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday"), 10) | {"friday": 0}
    ShiftPattern.objects.create(employer=acme, from_on=MONDAY, **four_tens)
    ClosedDay.objects.create(employer=acme, closed_on=TUESDAY, title="Inventory")
    saved_from(as_sam, "totals", {f"total-{process('A')}": "20", f"total-{process('B')}": "10"})
    assert [(day, hours) for day, code, hours, _source in entries() if code == "A"] == [
        ("02", "6.67"),
        ("04", "6.67"),
        ("05", "6.66"),
    ]
    assert {source for *_rest, source in entries()} == {"WEEK_TOTAL"}
    assert sum(HourEntry.objects.filter(work_process=process("B")).values_list("hours", flat=True)) == 10


def test_a_total_goes_beside_what_stands_and_replaces_only_its_own_process(
    totals_allowed, as_sam, ana_at_acme, sam, process
):
    saved(ana_at_acme, [cell("A", MONDAY, "8"), cell("B", MONDAY, "1")], by=sam)
    saved_from(as_sam, "totals", {f"total-{process('B')}": "32"})
    assert entries()[0] == ("02", "A", "8.00", "LOGGED")
    assert [(day, hours) for day, code, hours, _source in entries() if code == "B"] == [
        ("03", "8.00"),
        ("04", "8.00"),
        ("05", "8.00"),
        ("06", "8.00"),
    ]


def test_more_than_the_days_hold_is_refused_with_the_room_that_there_is(totals_allowed, as_sam, process, acme):
    for day in DAYS[1:]:
        ClosedDay.objects.create(employer=acme, closed_on=day, title="Shutdown")
    page = shown(as_sam, "totals", {f"total-{process('A')}": "24.01"})
    assert page.context["errors"][0][2] == "The days of the shift hold 24.00 more hours; these are 24.01."


def test_a_day_approved_for_the_process_takes_nothing_of_its_total(totals_allowed, as_sam, ana_at_acme, sam, process):
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    saved_from(as_sam, "totals", {f"total-{process('A')}": "8"})
    assert [(day, hours) for day, _code, hours, source in entries() if source == "WEEK_TOTAL"] == [
        (f"0{number}", "2.00") for number in (3, 4, 5, 6)
    ]


def test_where_the_standards_do_not_allow_totals_there_is_no_such_form(as_sam, ana_at_acme):
    page = as_sam.get(ADDRESS)
    assert list(page.context["forms"]) == ["split"]
    assert "do not allow hours given as one total" in page.content.decode()
    assert as_sam.post(ADDRESS, {"act": "show-totals"}).status_code == 404


def test_somebody_else_saved_meanwhile_and_nothing_is_overwritten(as_sam, ana_at_acme, sam, process):
    sent = {f"day-{MONDAY:%Y%m%d}": "8", f"share-{process('A')}": "1"}
    seen = shown(as_sam, "split", sent).context["laid"].mark
    saved(ana_at_acme, [cell("B", TUESDAY, "5")], by=sam)
    fields = {f"split-{name}": value for name, value in sent.items()}
    response = as_sam.post(ADDRESS, fields | {"act": "save-split", "seen": seen, "edit_number": 1})
    assert response.status_code == 409
    assert "Somebody else changed this week meanwhile" in response.content.decode()
    assert entries() == [("03", "B", "5.00", "LOGGED")]


def test_hours_that_come_late_need_their_reason_here_too(as_sam, ana_at_acme, process, acme):
    EmployerSettings.objects.create(employer=acme, from_on=MONDAY, late_after_days=3)
    sent = {f"day-{MONDAY:%Y%m%d}": "8", f"share-{process('A')}": "1"}
    page = saved_from(as_sam, "split", sent)
    assert page.context["errors"][0][0] == "id_split-late_reason"
    saved_from(as_sam, "split", sent | {"late_reason": "The foreman was ill"})
    assert Timesheet.objects.get().late_reason == "The foreman was ill"


def test_a_week_that_waits_is_left_alone_and_says_so(as_sam, ana_at_acme, sam):
    submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    response = as_sam.get(ADDRESS, follow=True)
    assert response.redirect_chain == [(reverse("week", args=[MONDAY, "T-0001"]), 302)]
    assert "it waits for a decision" in response.content.decode()


@pytest.mark.parametrize("act", ["", "show", "save-", "show-x", "x-split"])
def test_an_act_that_does_not_exist_is_missing(as_sam, ana_at_acme, act):
    assert as_sam.post(ADDRESS, {"act": act}).status_code == 404


def test_departments_written_before_are_offered(as_sam, ana_at_acme, sam):
    saved(ana_at_acme, [cell("A", MONDAY, "3", "", "Foundry")], by=sam)
    assert '<option value="Foundry">' in as_sam.get(ADDRESS).content.decode()


def test_the_page_asks_the_database_the_same_however_full_the_week_is(
    as_sam, ana_at_acme, sam, django_assert_max_num_queries
):
    saved(ana_at_acme, [cell(code, day, "4") for code in "AB" for day in DAYS], by=sam)
    add_evidence(apprenticeship=ana_at_acme, day=MONDAY, file_name="a.pdf", content=b"%PDF-", by=sam, on=DECIDED_ON)
    with django_assert_max_num_queries(27):
        as_sam.get(ADDRESS)
