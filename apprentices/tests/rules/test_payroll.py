from decimal import Decimal

import pytest

from apprentices.rules.payroll import compare


@pytest.mark.parametrize(
    ("paid", "logged", "settled", "standing", "difference"),
    [
        ("40", "40", None, "SAME", "0"),
        ("40", "38", None, "OPEN", "2"),
        ("38", "40", None, "OPEN", "-2"),
        ("40", "38", "38", "SETTLED", "2"),
        ("40", "39", "38", "OPEN", "1"),
        ("40", "40", "38", "SAME", "0"),
    ],
)
def test_a_difference_is_open_until_it_is_settled_and_again_when_the_log_changes(
    paid, logged, settled, standing, difference
):
    found = compare(Decimal(paid), Decimal(logged), settled and Decimal(settled))
    assert (found.standing, found.difference) == (standing, Decimal(difference))
