from datetime import date

import pytest

from apprentices.actions.recommendations import RecommendationRefused, recommend, withdraw
from apprentices.models import Recommendation
from apprentices.tests.cast import small_content
from employers.actions.standards import load_standards
from employers.models import Committee

JUNE = date(2026, 6, 1)


@pytest.fixture
def committee(sponsor):
    return Committee.objects.create(sponsor=sponsor, name="Joint committee")


def test_a_recommendation_is_recorded_once(ana_at_acme, committee, priya):
    assert len(recommend(apprenticeships=[ana_at_acme], committee=committee, on=JUNE, by=priya)) == 1
    assert recommend(apprenticeships=[ana_at_acme], committee=committee, on=JUNE, by=priya) == []


def test_it_may_be_withdrawn(ana_at_acme, committee, priya):
    (made,) = recommend(apprenticeships=[ana_at_acme], committee=committee, on=JUNE, by=priya)
    withdraw(recommendation=made, reason="Not heard", by=priya)
    assert not Recommendation.objects.known().exists()


def test_another_sponsors_committee_has_no_say(ana_at_acme, priya):
    other = load_standards(content=small_content(sponsor_name="Other"), by=priya).standards.sponsor
    committee = Committee.objects.create(sponsor=other, name="Theirs")
    with pytest.raises(RecommendationRefused):
        recommend(apprenticeships=[ana_at_acme], committee=committee, on=JUNE, by=priya)
