"""Which step of the progressive wage scale is reached, what it pays, and what the next one still needs.

Source: the wage schedule of the registered standards (29 CFR 29.5(b)(5): a progressively increasing schedule of wages).
A step may need hours of on-the-job learning, hours of related instruction, months, or several of them."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class WageStep:
    """What the step asks for, counted from the start of the apprenticeship (None: nothing of the kind), and what it
    pays: an hourly rate, or else a percentage of the journeyworker rate."""

    position: int
    title: str
    ojl_hours: Decimal | None = None
    ri_hours: Decimal | None = None
    months: int | None = None
    percentage: Decimal | None = None
    hourly_rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class WageFacts:
    """Approved hours, full months since the start, and the journeyworker rate of the agreement where it is known."""

    ojl_hours: Decimal
    ri_hours: Decimal
    months: int
    journeyworker_rate: Decimal | None
    steps: tuple[WageStep, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that a step asks for; `kind` is OJL_HOURS, RI_HOURS or MONTHS."""

    kind: str
    required: Decimal | int
    actual: Decimal | int

    @property
    def met(self):
        return self.actual >= self.required

    @property
    def shortfall(self):
        return max(self.required - self.actual, self.required - self.required)


@dataclass(frozen=True, slots=True)
class WageAnswer:
    """`step` is None before the first step is reached, `next_step` after the last; `needs` are all that the next step
    asks for, met or not. Amounts are None where neither a rate nor a percentage of a known rate says them."""

    step: WageStep | None
    amount: Decimal | None
    next_step: WageStep | None
    next_amount: Decimal | None
    needs: tuple[Need, ...]

    @property
    def missing(self):
        return tuple(need for need in self.needs if not need.met)


def assess_wage(facts):
    """Steps are climbed one after the other: a step counts as reached when all it asks for is met and the one before it
    is reached."""
    reached, following = None, None
    for step in sorted(facts.steps, key=lambda step: step.position):
        if not all(need.met for need in needs_of(step, facts)):
            following = step
            break
        reached = step
    return WageAnswer(
        step=reached,
        amount=amount_of(reached, facts.journeyworker_rate),
        next_step=following,
        next_amount=amount_of(following, facts.journeyworker_rate),
        needs=() if following is None else needs_of(following, facts),
    )


def needs_of(step, facts):
    """What the step asks for, in the order hours, instruction, months; what it leaves empty is not asked for."""
    asked = (
        ("OJL_HOURS", step.ojl_hours, facts.ojl_hours),
        ("RI_HOURS", step.ri_hours, facts.ri_hours),
        ("MONTHS", step.months, facts.months),
    )
    return tuple(Need(kind, required, actual) for kind, required, actual in asked if required is not None)


def amount_of(step, journeyworker_rate):
    """Dollars per hour in whole cents, half a cent up. The step's own rate goes before its percentage."""
    if step is None:
        return None
    if step.hourly_rate is not None:
        amount = step.hourly_rate
    elif step.percentage is not None and journeyworker_rate is not None:
        amount = journeyworker_rate * step.percentage / 100
    else:
        return None
    return amount.quantize(CENT, ROUND_HALF_UP)
