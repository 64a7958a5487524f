from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from apprentices.actions.weeks import save_week
from apprentices.models import HourEntry, Timesheet
from apprentices.rules.week_names import cell_name, row_name
from apprentices.tests.weeks import MONDAY, approved, cell, claimed, returned, saved, state_of, submitted
from employers.models import WorkProcess
from employers.queries.calendars import today_at

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
ADDRESS = reverse("week", args=[MONDAY, "T-0001"])


@pytest.fixture
def named(ana_at_acme):
    """named("A", day): the name of the cell's field."""
    keys = dict(WorkProcess.objects.filter(standards=ana_at_acme.standards).values_list("code", "pk"))
    return lambda code, day: cell_name(keys[code], day)


def texts(response):
    """{name: text} of the cells that can be typed in."""
    rows = response.context["sheet"].rows
    return {cell.name: cell.text for row in rows for cell in row.cells if cell.is_input}


def error_at(response, name):
    return response.context["sheet"].by_name[name].error


def form_of(response):
    """What a browser sends of the page when nothing is typed."""
    sheet = response.context["sheet"]
    notes = {row_name(kind, row.key): getattr(row, kind) for row in sheet.rows for kind in ("note", "department")}
    return texts(response) | notes | {"edit_number": sheet.grid.timesheet.edit_number, "seen": sheet.seen}


def week_of_ana():
    return Timesheet.objects.get(week_starts_on=MONDAY)


def test_hours_in_any_notation_are_saved_as_a_draft(as_sam, named):
    sent = {named("A", MONDAY): "7:20", named("B", MONDAY): "0,5", named("A", TUESDAY): " 90m ", "edit_number": 1}
    assert as_sam.post(ADDRESS, sent).headers["Location"].split("#")[0] == ADDRESS
    assert claimed(week_of_ana()) == [("A", MONDAY, "7.33", 1), ("B", MONDAY, "0.50", 1), ("A", TUESDAY, "1.50", 1)]
    assert week_of_ana().state == "DRAFT"


def test_the_saved_week_is_shown_with_two_places(as_sam, named):
    as_sam.post(ADDRESS, {named("A", MONDAY): "7:20", "edit_number": 1})
    assert texts(as_sam.get(ADDRESS))[named("A", MONDAY)] == "7.33"


def test_save_and_submit_puts_the_week_up_for_a_decision(as_sam, named):
    as_sam.post(ADDRESS, {named("A", MONDAY): "8", "edit_number": 1, "act": "submit"})
    assert week_of_ana().state == "SUBMITTED"


def test_an_empty_week_is_saved_but_not_submitted_and_says_why(as_sam):
    response = as_sam.post(ADDRESS, {"edit_number": 1, "act": "submit"}, follow=True)
    assert "Saved, but not submitted. The week has no hours." in response.content.decode()
    assert week_of_ana().state == "DRAFT"


def test_what_is_no_hours_is_marked_at_its_field_and_kept_and_nothing_is_saved(as_sam, named):
    sent = {named("A", MONDAY): "eight", named("B", MONDAY): "4", "edit_number": 1}
    response = as_sam.post(ADDRESS, sent)
    assert error_at(response, named("A", MONDAY)) == "“eight” is not hours. Write 8, 8.5, 8,5, 8:30, 2h30m or 90m."
    assert texts(response)[named("A", MONDAY)] == "eight"
    assert texts(response)[named("B", MONDAY)] == "4"
    assert response.context["errors"][0][0] == f"id_{named('A', MONDAY)}"
    assert not HourEntry.objects.exists()


def test_more_than_24_hours_are_refused_at_the_field(as_sam, named):
    response = as_sam.post(ADDRESS, {named("A", MONDAY): "25", "edit_number": 1})
    assert error_at(response, named("A", MONDAY)) == "“25”: hours of a day are above 0 and at most 24."


def test_what_the_action_refuses_stands_at_the_cell(as_sam, named):
    sent = {named("A", MONDAY): "13", named("B", MONDAY): "12", "edit_number": 1}
    assert error_at(as_sam.post(ADDRESS, sent), named("A", MONDAY)) == "With this the day would have 25.00 hours."


def test_a_cell_that_says_zero_is_emptied(as_sam, ana_at_acme, sam, named):
    saved(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam)
    as_sam.post(ADDRESS, {named("A", MONDAY): "0", "edit_number": week_of_ana().edit_number})
    assert claimed(week_of_ana()) == []


def test_the_second_of_two_editors_keeps_what_was_typed_and_sees_what_stands_now(as_sam, ana_at_acme, sam, named):
    saved(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam)
    response = as_sam.post(ADDRESS, {named("A", MONDAY): "6", "edit_number": 1})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Somebody else changed this week meanwhile" in page
    assert texts(response)[named("A", MONDAY)] == "6"
    assert "now 8.00 (Sam)" in page
    assert claimed(week_of_ana()) == [("A", MONDAY, "8.00", 1)]


def test_having_looked_again_the_second_editor_can_save(as_sam, ana_at_acme, sam, named):
    saved(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam)
    refused = as_sam.post(ADDRESS, {named("A", MONDAY): "6", "edit_number": 1})
    again = {named("A", MONDAY): "6", "edit_number": form_of(refused)["edit_number"]}
    assert as_sam.post(ADDRESS, again).status_code == 302
    assert claimed(week_of_ana()) == [("A", MONDAY, "6.00", 1)]


def test_what_was_typed_into_a_week_that_waits_meanwhile_is_shown_not_lost(as_sam, ana_at_acme, sam, named):
    submitted(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam)
    response = as_sam.post(ADDRESS, {named("B", MONDAY): "3:15", "edit_number": 1})
    page = response.content.decode()
    assert response.status_code == 409
    assert "What you typed is not saved" in page
    assert "3:15" in page


def test_a_submitted_week_is_recalled(as_sam, ana_at_acme, sam):
    week = submitted(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam)
    as_sam.post(ADDRESS, {"act": "recall"})
    assert state_of(week)[0] == "DRAFT"


def test_recalling_a_decided_week_is_refused_in_words(as_sam, ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam)
    page = as_sam.post(ADDRESS, {"act": "recall"}, follow=True).content.decode()
    assert "Sam has decided on this week already" in page


def test_a_week_with_nothing_in_it_cannot_be_recalled(as_sam):
    assert "Nothing was submitted" in as_sam.post(ADDRESS, {"act": "recall"}, follow=True).content.decode()


def test_the_reason_of_a_returned_week_stands_above_it(as_sam, ana_at_acme, sam):
    returned(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam, reason="Which machine?")
    assert "Which machine?" in as_sam.get(ADDRESS).content.decode()


def test_approved_hours_are_read_only_and_the_rest_of_the_week_can_be_filled(as_sam, ana_at_acme, sam, named):
    approved(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam)
    form = form_of(as_sam.get(ADDRESS))
    assert named("A", MONDAY) not in form
    as_sam.post(ADDRESS, form | {named("B", TUESDAY): "4"})
    assert claimed(week_of_ana()) == [("A", MONDAY, "8.00", 1), ("B", TUESDAY, "4.00", 2)]


def test_a_row_note_goes_to_its_cells(as_sam, named, ana_at_acme):
    process = WorkProcess.objects.get(standards=ana_at_acme.standards, code="A").pk
    sent = {named("A", MONDAY): "8", named("A", TUESDAY): "8", row_name("note", process): "Line 4", "edit_number": 1}
    as_sam.post(ADDRESS, sent)
    assert set(HourEntry.objects.values_list("note", flat=True)) == {"Line 4"}


def test_notes_and_departments_of_single_cells_outlive_a_save_that_does_not_touch_them(as_sam, ana_at_acme, sam, named):
    saved(ana_at_acme, [cell("A", MONDAY, "8.00", "Press", "North"), cell("A", TUESDAY, "8.00", "Saw")], by=sam)
    as_sam.post(ADDRESS, form_of(as_sam.get(ADDRESS)) | {named("B", MONDAY): "1"})
    notes = HourEntry.objects.filter(work_process__code="A").order_by("worked_on").values_list("note", "department")
    assert list(notes) == [("Press", "North"), ("Saw", "")]


def test_days_to_come_take_no_hours(as_sam, ana_at_acme):
    today = today_at(ana_at_acme.employer)
    sheet = as_sam.get(reverse("week", args=[today, "T-0001"])).context["sheet"]
    assert max(cell.day for row in sheet.rows for cell in row.cells if cell.is_input) == today


def test_a_week_to_come_is_refused_and_leaves_nothing_behind(as_sam, named):
    later = timezone.localdate() + timedelta(days=14)
    response = as_sam.post(reverse("week", args=[later, "T-0001"]), {"edit_number": 1})
    assert (response.status_code, Timesheet.objects.count()) == (409, 0)


def test_days_before_the_registration_take_no_hours(client, priya, ana_at_acme):
    client.force_login(priya)
    before = ana_at_acme.registered_on - timedelta(days=3)
    assert texts(client.get(reverse("week", args=[before, "T-0001"]))) == {}


def test_who_may_only_look_gets_no_form(client, lee, ana_at_acme, sam):
    saved(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam)
    client.force_login(lee)
    page = client.get(ADDRESS)
    assert texts(page) == {}
    assert '<form method="post" class="week-form"' not in page.content.decode()
    assert "8.00" in page.content.decode()


@pytest.mark.parametrize("filled", [1, 12])
def test_the_grid_asks_the_database_the_same_however_full_it_is(
    as_sam, ana_at_acme, sam, django_assert_num_queries, filled
):
    days = [MONDAY + timedelta(days=number) for number in range(6)]
    cells = [cell(code, day, "4.00") for code in "AB" for day in days][:filled]
    save_week(
        apprenticeship=ana_at_acme,
        day=MONDAY,
        cells=[],
        by=sam,
    )
    approved(ana_at_acme, cells, by=sam)
    as_sam.get(ADDRESS)
    with django_assert_num_queries(26):
        as_sam.get(ADDRESS)


def test_the_sum_of_a_day_counts_claims_and_what_stands_of_approved_hours(as_sam, ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "3.00")], by=sam)
    saved(ana_at_acme, [cell("B", MONDAY, "2.50")], by=sam)
    assert as_sam.get(ADDRESS).context["totals"][0] == Decimal("5.50")
