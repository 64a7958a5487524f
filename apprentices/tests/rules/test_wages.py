from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentices.rules.wages import Need, WageFacts, WageStep, amount_of, assess_wage

STEPS = tuple(
    WageStep(position, f"Step {position}", ojl_hours=Decimal(hours), percentage=Decimal(percentage))
    for position, hours, percentage in ((1, 0, 80), (2, 684, 85), (3, 1368, 90), (4, 2052, 95))
)
RATE = Decimal("24.50")


def wage(ojl_hours="0.00", ri_hours="0.00", months=0, rate=RATE, steps=STEPS):
    return assess_wage(WageFacts(Decimal(ojl_hours), Decimal(ri_hours), months, rate, steps))


@pytest.mark.parametrize(
    ("hours", "step", "amount"),
    [
        ("0.00", 1, "19.60"),
        ("683.99", 1, "19.60"),
        ("684.00", 2, "20.83"),
        ("1368.00", 3, "22.05"),
        ("2736.00", 4, "23.28"),
    ],
)
def test_the_step_follows_the_approved_hours_to_the_hundredth(hours, step, amount):
    answer = wage(ojl_hours=hours)
    assert (answer.step.position, answer.amount) == (step, Decimal(amount))


def test_the_next_step_says_its_amount_and_what_is_missing():
    answer = wage(ojl_hours="600.25")
    assert answer.next_step.title == "Step 2"
    assert answer.next_amount == Decimal("20.83")
    assert answer.missing == (Need("OJL_HOURS", Decimal(684), Decimal("600.25")),)
    assert answer.missing[0].shortfall == Decimal("83.75")


def test_after_the_last_step_nothing_is_next():
    answer = wage(ojl_hours="2052.00")
    assert (answer.next_step, answer.next_amount, answer.needs) == (None, None, ())


HOURS_AND_MONTHS = (
    WageStep(1, "Start", percentage=Decimal(80)),
    WageStep(2, "Half-way", ojl_hours=Decimal(1000), ri_hours=Decimal(132), months=9, percentage=Decimal(90)),
    WageStep(3, "Last half-year", months=12, percentage=Decimal(95)),
)


@pytest.mark.parametrize(
    ("ojl_hours", "ri_hours", "months", "position", "missing"),
    [
        ("999.99", "132.00", 9, 1, ["OJL_HOURS"]),
        ("1000.00", "131.99", 9, 1, ["RI_HOURS"]),
        ("1000.00", "132.00", 8, 1, ["MONTHS"]),
        ("0.00", "0.00", 0, 1, ["OJL_HOURS", "RI_HOURS", "MONTHS"]),
        ("1000.00", "132.00", 9, 2, ["MONTHS"]),
        ("1000.00", "132.00", 12, 3, []),
    ],
)
def test_a_step_may_need_hours_months_or_both(ojl_hours, ri_hours, months, position, missing):
    answer = wage(ojl_hours, ri_hours, months, steps=HOURS_AND_MONTHS)
    assert answer.step.position == position
    assert [need.kind for need in answer.missing] == missing


def test_no_step_is_skipped():
    answer = wage("999.99", "132.00", 18, steps=HOURS_AND_MONTHS)
    assert answer.step.title == "Start"


def test_the_needs_of_the_next_step_include_what_is_met():
    answer = wage("1200.00", "100.00", 9, steps=HOURS_AND_MONTHS)
    assert [(need.kind, need.met, need.shortfall) for need in answer.needs] == [
        ("OJL_HOURS", True, Decimal(0)),
        ("RI_HOURS", False, Decimal(32)),
        ("MONTHS", True, 0),
    ]


def test_before_the_first_step_there_is_no_amount():
    answer = wage(steps=(WageStep(1, "After a month", months=1, percentage=Decimal(80)),))
    assert (answer.step, answer.amount, answer.next_step.title) == (None, None, "After a month")


def test_standards_without_steps_have_no_answer_to_give():
    answer = wage(steps=())
    assert (answer.step, answer.amount, answer.next_step, answer.needs) == (None, None, None, ())


def test_steps_are_climbed_in_the_order_of_their_positions():
    assert wage(ojl_hours="700.00", steps=STEPS[::-1]).step.position == 2


@pytest.mark.parametrize(
    ("rate", "percentage", "amount"),
    [
        ("27.50", "85", "23.38"),  # 23.375
        ("26.25", "85.5", "22.44"),  # 22.44375
        ("20.01", "50", "10.01"),  # 10.005
        ("33.50", "80", "26.80"),
    ],
)
def test_half_a_cent_goes_up(rate, percentage, amount):
    step = WageStep(1, "Step", percentage=Decimal(percentage))
    assert str(amount_of(step, Decimal(rate))) == amount


def test_a_rate_of_the_step_goes_before_its_percentage():
    step = WageStep(1, "Step", percentage=Decimal(80), hourly_rate=Decimal("18.5"))
    assert str(amount_of(step, RATE)) == "18.50"


def test_without_a_journeyworker_rate_a_percentage_says_no_amount():
    answer = wage(ojl_hours="700.00", rate=None)
    assert (answer.step.position, answer.amount, answer.next_amount) == (2, None, None)


@given(
    more=st.integers(0, 300_000),
    hundredths=st.integers(0, 300_000),
    rate=st.decimals(min_value=1, max_value=100, places=2),
)
def test_more_hours_never_lower_the_wage(more, hundredths, rate):
    before = wage(ojl_hours=Decimal(hundredths).scaleb(-2), rate=rate)
    after = wage(ojl_hours=Decimal(hundredths + more).scaleb(-2), rate=rate)
    assert after.amount >= before.amount
