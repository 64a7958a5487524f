from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from employers.models import ClosedDay, EmployerMembership, EmployerSettings, ShiftPattern

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 4)  # a Wednesday


@pytest.fixture(autouse=True)
def _in_march():
    with time_machine.travel("2026-03-04T18:00:00Z", tick=False):
        yield


@pytest.fixture
def mia(acme, sam):
    """Sam, who manages Acme today."""
    EmployerMembership.objects.create(user=sam, employer=acme, role="MANAGER", from_on=date(2026, 1, 1))
    return sam


@pytest.fixture
def as_mia(client, mia):
    client.force_login(mia)
    return client


@pytest.fixture
def address(acme):
    return reverse("employer_settings", args=[acme.pk])


def settings_sent(**changes):
    said = {
        "from_on": TODAY.isoformat(),
        "week_starts_on": "0",
        "own_logging": "DECIDED",
        "late_after_days": "",
        "pay_period": "WEEK",
        "pay_period_starts_on": "",
        "due_after_days": "2",
        "decide_within_days": "3",
    }
    return {"act": "settings"} | {f"settings-{name}": value for name, value in (said | changes).items()}


def test_one_employer_is_opened_at_once_and_of_several_a_list(client, mia, address, priya, oscar):
    client.force_login(mia)
    assert client.get(reverse("employers_settings")).headers["Location"] == address
    client.force_login(priya)
    page = client.get(reverse("employers_settings"))
    assert [employer.name for employer in page.context["page"]] == ["Acme", "Other Works"]
    page = client.get(reverse("employers_settings"), {"q": "other"})
    assert [employer.name for employer in page.context["page"]] == ["Other Works"]


def test_a_manager_lays_settings_down_and_sees_what_held_when(as_mia, address):
    as_mia.post(address, settings_sent(late_after_days="14", apprentices_log_hours="on"))
    page = as_mia.get(address).content.decode()
    assert "From March 4, 2026" in page
    assert "Reason and second person for entries older than: 14 days" in page
    row = EmployerSettings.objects.get()
    assert (row.late_after_days, row.apprentices_log_hours) == (14, True)


def test_what_the_action_refuses_stands_at_its_field_and_in_the_summary(as_mia, address):
    page = as_mia.post(address, settings_sent(week_starts_on="6"))
    assert page.context["errors"][0][0] == "id_settings-from_on"
    assert "2026-03-08" in page.content.decode()
    page = as_mia.post(address, settings_sent(pay_period="TWO_WEEKS"))
    assert [error[0] for error in page.context["errors"]] == ["id_settings-pay_period_starts_on"]
    assert not EmployerSettings.objects.exists()


@pytest.mark.parametrize("days", ["0", "-1", "99999", "x", "9" * 30])
def test_a_number_of_days_out_of_all_measure_is_an_error_at_its_field(as_mia, address, days):
    page = as_mia.post(address, settings_sent(decide_within_days=days))
    assert page.context["errors"][0][0] == "id_settings-decide_within_days"


def test_shifts_are_laid_down_and_those_to_come_taken_back(as_mia, address):
    sent = {"act": "shifts", "shifts-from_on": "2026-03-09"}
    hours = ("10", "10", "10", "10.5", "0", "0", "0")
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    as_mia.post(address, sent | {f"shifts-{day}": text for day, text in zip(days, hours, strict=True)})
    row = ShiftPattern.objects.get()
    assert [str(one) for one in row.hours] == ["10.00", "10.00", "10.00", "10.50", "0.00", "0.00", "0.00"]
    as_mia.post(address, {"act": f"withdraw-shifts-{row.pk}"})
    assert not ShiftPattern.objects.exists()


def test_a_shift_of_25_hours_is_an_error(as_mia, address):
    sent = {"act": "shifts", "shifts-from_on": "2026-03-09", "shifts-monday": "25"}
    assert "id_shifts-monday" in [error[0] for error in as_mia.post(address, sent).context["errors"]]


def test_a_shutdown_of_several_days_is_closed_at_once_and_a_day_of_it_opened_again(as_mia, address):
    sent = {"closing-first_on": "2026-07-06", "closing-last_on": "2026-07-10", "closing-title": "Shutdown"}
    as_mia.post(address, sent | {"act": "closing"})
    assert ClosedDay.objects.filter(title="Shutdown").count() == 5
    as_mia.post(address, {"act": "opening", "opening-picked": ["2026-07-08"]})
    assert not ClosedDay.objects.filter(closed_on=date(2026, 7, 8)).exists()


@pytest.mark.parametrize(("last", "text"), [("2026-07-05", "before the first"), ("2026-12-31", "At most 60 days")])
def test_a_closure_that_makes_no_sense_is_refused_at_its_field(as_mia, address, last, text):
    sent = {"closing-first_on": "2026-07-06", "closing-last_on": last, "closing-title": "Shutdown", "act": "closing"}
    assert text in as_mia.post(address, sent).content.decode()
    assert not ClosedDay.objects.exists()


def test_the_selected_federal_holidays_of_a_year_are_closed_and_then_not_offered_again(as_mia, address):
    picked = ["2027-07-05", "2027-12-24"]
    as_mia.post(f"{address}?year=2027", {"act": "holidays", "holidays-picked": picked})
    found = list(ClosedDay.objects.values_list("closed_on", "title"))
    assert found == [(date(2027, 7, 5), "Independence Day"), (date(2027, 12, 24), "Christmas Day")]
    offered = as_mia.get(f"{address}?year=2027").context["forms"]["holidays"].offered
    assert len(offered) == 9


def test_a_day_that_is_no_holiday_is_not_closed_by_that_form(as_mia, address):
    as_mia.post(address, {"act": "holidays", "holidays-picked": ["2026-03-05"]})
    assert not ClosedDay.objects.exists()


def test_settings_to_come_are_taken_back_and_those_in_force_are_not(as_mia, address):
    as_mia.post(address, settings_sent(due_after_days="5"))
    as_mia.post(address, settings_sent(due_after_days="6", from_on="2026-03-05"))
    held, to_come = EmployerSettings.objects.order_by("from_on")
    as_mia.post(address, {"act": f"withdraw-settings-{to_come.pk}"})
    page = as_mia.post(address, {"act": f"withdraw-settings-{held.pk}"}, follow=True).content.decode()
    assert "This holds already" in page
    assert list(EmployerSettings.objects.all()) == [held]


def test_another_employers_rows_cannot_be_taken_back_here(as_mia, address, oscar):
    other = oscar.employer_memberships.get().employer
    row = EmployerSettings.objects.create(employer=other, from_on=TODAY + timedelta(days=5))
    assert as_mia.post(address, {"act": f"withdraw-settings-{row.pk}"}).status_code == 404


@pytest.mark.parametrize("act", ["", "x", "withdraw-", "withdraw-x-1", "withdraw-settings-", "withdraw-settings-1x"])
def test_an_act_that_does_not_exist_is_missing(as_mia, address, act):
    assert as_mia.post(address, {"act": act}).status_code == 404


@pytest.mark.parametrize("year", ["", "x", "99999", "0000", "²²²²", "1999"])
def test_a_year_that_is_none_shows_this_one(as_mia, address, year):
    assert as_mia.get(address, {"year": year}).context["year"] == 2026


def test_supervisors_labor_and_auditors_read_and_change_nothing(client, sam, lee, ada, address):
    for user in (sam, lee, ada):
        client.force_login(user)
        page = client.get(address)
        assert (page.status_code, page.context["forms"]) == (200, {})
        assert client.post(address, settings_sent()).status_code == 403
    assert not EmployerSettings.objects.exists()


def test_staff_change_it_too(client, priya, address):
    client.force_login(priya)
    assert client.post(address, settings_sent(due_after_days="7")).status_code == 302


def test_a_strangers_employer_is_missing(client, oscar, ana_at_acme, ana, address):
    for user in (oscar, ana):
        client.force_login(user)
        assert (client.get(address).status_code, client.post(address, settings_sent()).status_code) == (404, 404)


@pytest.mark.parametrize("count", [1, 12])
def test_the_page_asks_the_database_the_same_however_long_the_history(
    as_mia, address, acme, count, django_assert_num_queries
):
    for number in range(count):
        day = TODAY + timedelta(days=number)
        EmployerSettings.objects.create(employer=acme, from_on=day, due_after_days=number)
        ShiftPattern.objects.create(employer=acme, from_on=day)
        ClosedDay.objects.create(employer=acme, closed_on=day, title="x")
    as_mia.get(address)
    with django_assert_num_queries(12):
        as_mia.get(address)
