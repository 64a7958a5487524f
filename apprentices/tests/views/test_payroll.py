"""Payroll beside the log: totals loaded, differences shown and settled with a reason."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apprentices.models import PayrollTotal
from apprentices.tests.weeks import MONDAY, approved, cell, saved
from imt.audit.queries import history_of

pytestmark = pytest.mark.django_db
ADDRESS = reverse("payroll")
FILE = "apprentice_ref,week,hours\nT-0001,2026-03-04,40\n"


def load(client, employer, content=FILE):
    file = SimpleUploadedFile("payroll.csv", content.encode())
    return client.post(ADDRESS, {"employer": employer.pk, "file": file})


def standing(client):
    """[(paid, logged, standing)]."""
    return [
        (str(week.comparison.paid), str(week.comparison.logged), week.comparison.standing)
        for week, _may_settle in client.get(ADDRESS).context["weeks"]
    ]


def settle(client, reason="Paid holiday on Friday"):
    total = PayrollTotal.objects.known().get()
    return client.post(ADDRESS, {"settle": total.pk, f"reason-{total.pk}": reason})


def test_a_total_of_any_day_of_the_week_stands_beside_all_that_the_log_says_of_it(as_sam, ana_at_acme, acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    saved(ana_at_acme, [cell("B", MONDAY, "4.5")], by=sam)
    assert load(as_sam, acme).status_code == 302
    assert PayrollTotal.objects.get().week_starts_on == MONDAY
    assert standing(as_sam) == [("40.00", "12.50", "OPEN")]


def test_a_difference_is_settled_with_a_reason_that_stays(as_sam, ana_at_acme, acme, sam):
    load(as_sam, acme)
    assert settle(as_sam).status_code == 302
    assert standing(as_sam) == [("40.00", "0.00", "SETTLED")]
    assert b"Settled by Sam" in as_sam.get(ADDRESS).content
    event = history_of(PayrollTotal.objects.get()).last()
    assert event.details == {"paid": "40.00", "logged": "0.00", "reason": "Paid holiday on Friday"}


def test_a_settled_difference_is_open_again_when_the_log_changes(as_sam, ana_at_acme, acme, sam):
    load(as_sam, acme)
    settle(as_sam)
    saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    assert standing(as_sam) == [("40.00", "8.00", "OPEN")]
    assert b"the log has changed since" in as_sam.get(ADDRESS).content


def test_without_a_reason_nothing_is_settled(as_sam, ana_at_acme, acme):
    load(as_sam, acme)
    response = settle(as_sam, " ")
    assert response.status_code == 409
    assert "Say why they differ." in response.content.decode()
    assert standing(as_sam)[0][2] == "OPEN"


def test_the_same_totals_again_change_nothing_and_others_replace_them(as_sam, ana_at_acme, acme):
    load(as_sam, acme)
    load(as_sam, acme)
    assert PayrollTotal.objects.count() == 1
    load(as_sam, acme, FILE.replace("40", "39.5"))
    assert [str(total.hours) for total in PayrollTotal.objects.known()] == ["39.50"]
    assert PayrollTotal.objects.filter(voided_at__isnull=False).count() == 1


def test_several_lines_of_a_week_are_summed(as_sam, ana_at_acme, acme):
    load(as_sam, acme, FILE + "T-0001,2026-03-08,4:30\n")
    assert str(PayrollTotal.objects.get().hours) == "44.50"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("T-9,2026-03-04,40", "Line 2, column apprentice_ref: found T-9"),
        ("T-0001,soon,40", "Line 2, column week: found soon"),
        ("T-0001,2026-03-04,many", "Line 2, column hours: found many"),
        ("T-0001,2026-03-04,169", "Line 2, column hours: found 169"),
        ("T-0001,2026-03-04,40.005", "Line 2, column hours: found 40.005"),
    ],
)
def test_a_line_that_is_wrong_stops_the_file_and_is_told(as_sam, ana_at_acme, acme, line, said):
    response = load(as_sam, acme, f"apprentice_ref,week,hours\n{line}\n")
    assert response.status_code == 200
    assert said in response.context["summary"][0][2]
    assert not PayrollTotal.objects.exists()


def test_a_file_without_its_columns_is_refused(as_sam, ana_at_acme, acme):
    assert "no columns apprentice_ref, week, hours" in load(as_sam, acme, "a,b\n1,2\n").context["summary"][0][2]


def test_who_watches_reads_and_settles_nothing(as_sam, ana_at_acme, acme, lee, client):
    load(as_sam, acme)
    client.force_login(lee)
    assert [standing for *_hours, standing in standing(client)] == ["OPEN"]
    assert settle(client).status_code == 403
    assert load(client, acme).status_code == 403


def test_a_stranger_s_total_does_not_exist(as_sam, ana_at_acme, acme, oscar, client):
    load(as_sam, acme)
    client.force_login(oscar)
    assert standing(client) == []
    assert settle(client).status_code == 404


def test_payroll_counts_for_nothing(as_sam, ana_at_acme, acme):
    before = (ana_at_acme.facts_position, ana_at_acme.ledger_position)
    load(as_sam, acme)
    settle(as_sam)
    ana_at_acme.refresh_from_db()
    assert (ana_at_acme.facts_position, ana_at_acme.ledger_position) == before


def test_the_list_asks_the_database_as_often_for_one_week_as_for_fifty(
    as_sam, ana_at_acme, acme, django_assert_max_num_queries
):
    load(as_sam, acme, FILE + "".join(f"T-0001,2026-02-{day:02},{day}\n" for day in range(1, 29)))
    with django_assert_max_num_queries(18):
        assert len(standing(as_sam)) == 6
