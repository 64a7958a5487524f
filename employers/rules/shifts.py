"""The hours of a plant's shift on a day."""

from decimal import Decimal

# Where an employer has laid down nothing: five days of eight hours.
USUAL = (*(Decimal("8.00"),) * 5, *(Decimal("0.00"),) * 2)


def shift_hours_on(day, patterns):
    """The shift's hours on `day`; `patterns` are (from day, seven Decimals, Monday first) by day."""
    in_force = USUAL
    for from_on, hours in patterns:
        if from_on > day:
            break
        in_force = hours
    return in_force[day.weekday()]
