from datetime import date

import pytest

from apprentices.rules.ages import AgeFacts, age_findings, age_on


@pytest.mark.parametrize(
    ("birth_on", "day", "age"),
    [
        (date(2008, 5, 1), date(2024, 4, 30), 15),
        (date(2008, 5, 1), date(2024, 5, 1), 16),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2024, 2, 29), 16),
    ],
)
def test_a_year_is_full_on_the_birthday(birth_on, day, age):
    assert age_on(birth_on, day) == age


def codes(birth_on, *, guardian_signed=False, **options):
    return [finding.code for finding in age_findings(AgeFacts(birth_on, date(2024, 9, 9), guardian_signed, **options))]


@pytest.mark.parametrize(
    ("birth_on", "guardian_signed", "expected"),
    [
        (date(2008, 9, 10), True, ["UNDER_AGE"]),
        (date(2008, 9, 10), False, ["UNDER_AGE", "GUARDIAN_MISSING"]),
        (date(2008, 9, 9), True, []),
        (date(2008, 9, 9), False, ["GUARDIAN_MISSING"]),
        (date(2006, 9, 10), False, ["GUARDIAN_MISSING"]),
        (date(2006, 9, 9), False, []),
        (None, False, ["BIRTH_DATE_MISSING"]),
    ],
)
def test_sixteen_is_old_enough_and_a_guardian_signs_below_eighteen(birth_on, guardian_signed, expected):
    assert codes(birth_on, guardian_signed=guardian_signed) == expected


def test_standards_may_ask_for_more_years_but_not_for_fewer():
    assert codes(date(2006, 9, 10), guardian_signed=True, minimum_age=18) == ["UNDER_AGE"]
    assert codes(date(2009, 9, 9), guardian_signed=True, minimum_age=14) == ["UNDER_AGE"]


def test_the_finding_says_how_old_and_how_old_one_must_be():
    (finding,) = age_findings(AgeFacts(date(2009, 1, 1), date(2024, 9, 9), guardian_signed=True))
    assert finding.message == "15 years old at registration; at least 16 are asked for."
    assert finding.refuses


def test_an_unknown_birth_date_only_warns():
    (finding,) = age_findings(AgeFacts(None, date(2024, 9, 9), guardian_signed=False))
    assert not finding.refuses
