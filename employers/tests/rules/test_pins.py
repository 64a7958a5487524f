"""PINs that nobody guesses first."""

import pytest

from employers.rules.pins import LIKE_BADGE, NOT_DIGITS, TOO_LONG, TOO_SHORT, TOO_SIMPLE, pin_fault


@pytest.mark.parametrize(
    ("pin", "fault"),
    [
        ("305718", ""),
        ("48150923", ""),
        ("30571", TOO_SHORT),
        ("", NOT_DIGITS),
        ("30571a", NOT_DIGITS),
        ("３０５７１８", NOT_DIGITS),
        ("3057183057183", TOO_LONG),
        ("123456", TOO_SIMPLE),
        ("567890", TOO_SIMPLE),
        ("987654", TOO_SIMPLE),
        ("000000", TOO_SIMPLE),
        ("121212", TOO_SIMPLE),
        ("123123", TOO_SIMPLE),
        ("112211", TOO_SIMPLE),
        ("147258", TOO_SIMPLE),
        ("305713", ""),
    ],
)
def test_what_is_wrong_with_a_pin(pin, fault):
    assert pin_fault(pin) == fault


@pytest.mark.parametrize(("badge", "fault"), [("5718", LIKE_BADGE), ("B-00571", LIKE_BADGE), ("30", ""), ("", "")])
def test_a_pin_does_not_hold_the_badges_number(badge, fault):
    assert pin_fault("305718", badge=badge) == fault
