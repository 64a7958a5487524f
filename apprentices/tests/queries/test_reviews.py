from datetime import date, timedelta

import pytest

from apprentices.actions.apprenticeships import register
from apprentices.actions.reviews import begin
from apprentices.actions.statuses import change_status
from apprentices.actions.supervision import assign
from apprentices.models import Apprenticeship, Review, Supervision
from apprentices.queries.review_signers import review_signers
from apprentices.queries.reviews import reviews_due
from apprentices.tests.cast import REGISTERED_ON, apprentice_row
from employers.actions.review_intervals import set_review_interval
from employers.models import Employer
from employers.permissions import NotAllowed

pytestmark = pytest.mark.django_db
DUE_ON = REGISTERED_ON + timedelta(days=90)


@pytest.fixture
def ana_reviewed(ana_at_acme, standards, priya):
    """Ana at Acme, under standards that ask for a review each 90 days."""
    set_review_interval(standards=standards, days=90, by=priya)
    return ana_at_acme


def due(one, today):
    """The ReviewDue of one, None where nothing is due."""
    return reviews_due([one], today).get(one.pk)


@pytest.mark.parametrize(("early", "shows"), [(15, False), (14, True), (0, True), (-30, True)])
def test_a_review_shows_up_two_weeks_before_its_day(ana_reviewed, early, shows):
    found = due(ana_reviewed, DUE_ON - timedelta(days=early))
    assert (found is not None) is shows
    assert not shows or (found.due_on, found.review) == (DUE_ON, None)


def test_it_is_overdue_from_the_day_after(ana_reviewed):
    found = due(ana_reviewed, DUE_ON)
    assert [found.is_overdue(DUE_ON), found.is_overdue(DUE_ON + timedelta(days=1))] == [False, True]


def test_standards_without_an_interval_make_none_due(ana_at_acme):
    assert due(ana_at_acme, date(2027, 1, 1)) is None


def test_nobody_who_is_away_has_one_due(ana_reviewed, priya):
    change_status(apprenticeships=[ana_reviewed], status="SUSPENDED", on=date(2026, 2, 2), by=priya, reason="Leave")
    assert due(ana_reviewed, DUE_ON) is None


def test_the_next_is_due_after_the_last_one_that_was_held(ana_reviewed, priya):
    held = date(2026, 3, 2)
    Review.objects.create(
        apprenticeship=ana_reviewed, held_on=held, recorded_at=ana_reviewed.recorded_at, recorded_by=priya
    )
    assert due(ana_reviewed, DUE_ON) is None
    assert due(ana_reviewed, held + timedelta(days=80)).due_on == held + timedelta(days=90)


def test_one_under_way_says_whose_turn_it_is(ana_reviewed, sam):
    begin(apprenticeship=ana_reviewed, by=sam, on=date(2026, 2, 2))
    found = due(ana_reviewed, date(2026, 2, 3))
    assert (found.due_on, found.review, found.turn) == (DUE_ON, Review.objects.get(), "APPRENTICE")


def test_only_staff_say_how_often(standards, priya, oscar):
    with pytest.raises(NotAllowed):
        set_review_interval(standards=standards, days=30, by=oscar)
    assert set_review_interval(standards=standards, days=30, by=priya).review_interval_days == 30


@pytest.mark.parametrize("count", [1, 30])
def test_the_database_is_asked_the_same_for_one_and_for_many(ana_reviewed, priya, django_assert_num_queries, count):
    rows = [
        apprentice_row(line=number, apprentice_ref=f"T-1{number:03d}", first_name=f"P{number}", email="")
        for number in range(1, count)
    ]
    register(rows=rows, by=priya)
    for one in Apprenticeship.objects.all()[:3]:
        begin(apprenticeship=one, by=priya, on=date(2026, 2, 2))
    everybody = list(Apprenticeship.objects.select_related("apprentice"))
    with django_assert_num_queries(8):
        assert len(reviews_due(everybody, DUE_ON)) == count
    with django_assert_num_queries(4):
        review_signers(everybody, on=DUE_ON)


# --- who signs


def names(one, part, *, on=DUE_ON, told=False):
    signers = review_signers([Apprenticeship.objects.select_related("apprentice").get(pk=one.pk)], on=on)[one.pk]
    users = (signers.told if told else signers.by_part)[part]
    return sorted(user.name for user in _users(users))


def _users(keys):
    return Supervision._meta.get_field("user").related_model.objects.filter(pk__in=keys)


def test_the_firm_s_only_supervisor_may_sign_for_either_side(ana_at_acme, sam):
    assert (names(ana_at_acme, "MENTOR"), names(ana_at_acme, "MANAGEMENT")) == (["Sam"], ["Sam"])


def test_a_manager_signs_for_management_and_the_dated_substitute_for_the_mentor(ana_at_acme, sam, oscar, acme, priya):
    acme.memberships.create(user=priya, role="MANAGER", from_on=REGISTERED_ON)
    assign(apprenticeships=[ana_at_acme], user=oscar, role="SUBSTITUTE", on=REGISTERED_ON, by=priya)
    assert (names(ana_at_acme, "MENTOR"), names(ana_at_acme, "MANAGEMENT")) == (["Oscar", "Sam"], ["Priya"])
    assert names(ana_at_acme, "MENTOR", told=True) == ["Sam"]


def test_a_supervision_signs_through_its_last_day(ana_at_acme, sam, acme):
    acme.memberships.all().delete()
    Supervision.objects.update(until_on=DUE_ON)
    assert names(ana_at_acme, "MENTOR") == ["Sam"]
    assert names(ana_at_acme, "MENTOR", on=DUE_ON + timedelta(days=1)) == []


def test_who_may_no_longer_sign_in_signs_nothing(ana_at_acme, sam):
    sam.is_active = False
    sam.save()
    assert names(ana_at_acme, "MENTOR") == []


def test_labor_signs_where_its_local_covers_the_employer(ana_at_acme, sam, lee):
    assert names(ana_at_acme, "LABOR") == ["Lee"]
    Employer.objects.get(name="Acme").local_coverages.update(until_on=DUE_ON - timedelta(days=1))
    assert names(ana_at_acme, "LABOR") == []
