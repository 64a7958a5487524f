"""Weeks of acts in any order, drawn by a seed: whatever is refused is refused in words, and what must always hold holds
all the time."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from apprentices.actions import hours
from apprentices.actions.amendments import AmendmentRefused, amend
from apprentices.actions.apprenticeships import register
from apprentices.actions.weeks import CellsRefused, WeekRefused
from apprentices.models import Apprenticeship, HourEntry, Timesheet, TimesheetDecision
from apprentices.tests.cast import apprentice_row
from apprentices.tests.files_of_hours import csv, everything, take
from apprentices.tests.weeks import MONDAY, cell, saved
from employers.models import EmployerSettings
from imt.tests.threads import ROUNDS
from reports.queries.ledger_check import breaches_of

TODAY = date(2026, 4, 15)
ACTS_OF_A_ROUND = 25
DAYS = [MONDAY + timedelta(days=number) for number in range(21)]
WORKED = ("0", "0.01", "2", "4", "7.25", "8", "12", "16")


class Office:
    """Ana at two employers, Ben at one, and somebody who may do everything for them."""

    def __init__(self, people, by, rng):
        self.people, self.by, self.rng = people, by, rng

    def act(self):
        self.rng.choice(
            [self.save, self.save, self.submit, self.submit, self.recall, self.approve, self.return_, self.amend]
            + [self.take_in] * 3
        )()

    def save(self):
        day = self.rng.choice(DAYS)
        days = [day - timedelta(days=day.weekday()) + timedelta(days=number) for number in range(7)]
        keys = {(self.rng.choice("AB"), self.rng.choice(days)) for _cell in range(self.rng.randrange(4))}
        cells = [cell(process, day, self.rng.choice(WORKED)) for process, day in sorted(keys)]
        try:
            saved(self.rng.choice(self.people), cells, by=self.by, day=day)
        except (CellsRefused, WeekRefused) as refusal:
            assert str(refusal)

    def submit(self):
        self._on_weeks(hours.submit)

    def recall(self):
        self._on_weeks(hours.recall)

    def approve(self):
        self._on_weeks(hours.approve)

    def return_(self):
        self._on_weeks(lambda **about: hours.return_(reason="look again", **about))

    def _on_weeks(self, act):
        weeks = list(Timesheet.objects.order_by("pk").values_list("pk", flat=True))
        some = self.rng.sample(weeks, min(len(weeks), self.rng.randrange(1, 5)))
        assert len(act(timesheets=some, by=self.by, on=TODAY)) == len(some)

    def amend(self):
        entries = list(HourEntry.objects.order_by("pk"))
        if not entries:
            return
        entry = self.rng.choice(entries)
        process = self.rng.choice([None, *entry.apprenticeship.standards.work_processes.order_by("pk")])
        worked = Decimal(self.rng.choice(WORKED))
        try:
            amend(entry=entry, hours=worked, work_process=process, reason="as the clock says", by=self.by, on=TODAY)
        except AmendmentRefused as refusal:
            assert str(refusal)

    def take_in(self):
        lines = [
            f"{self.rng.choice(self.people).ref},{self.rng.choice(DAYS)},{self.rng.choice('ABZ')},"
            f"{self.rng.choice(WORKED)},,{self.rng.choice(['', '', 'r-1', f'r-{self.rng.randrange(40)}'])}"
            for _line in range(self.rng.randrange(1, 8))
        ]
        about = {"by": self.by, "partial": True, "approve": self.rng.random() < 0.5}
        first = take(csv(*lines), **about)
        before = everything()
        again = take(csv(*lines), **about)
        if "error" not in first.taken.counts:
            assert set(again.said) <= {"skipped"}
            assert everything() == before


def nothing_is_broken():
    assert list(breaches_of(list(Apprenticeship.objects.values_list("pk", flat=True)))) == []
    decided = TimesheetDecision.objects.filter(verdict="APPROVED").values_list("timesheet", "version")
    for week, version in decided:
        assert not HourEntry.objects.filter(timesheet=week, version=version, lines__isnull=True).exists()


@pytest.mark.parametrize("seed", range(2903, 2903 + ROUNDS))
def test_whatever_is_done_in_whatever_order_nothing_breaks(ana_at_acme, acme, priya, seed):
    with time_machine.travel(datetime(2026, 4, 15, 18, tzinfo=UTC)):
        born = date.fromisoformat(ana_at_acme.apprentice.date_of_birth)
        elsewhere = apprentice_row(apprentice_ref="T-0002", employer="Other Works", date_of_birth=born)
        ben = apprentice_row(apprentice_ref="T-0003", first_name="Ben", email="ben@example.org")
        register(rows=[elsewhere, ben], by=priya)
        rng = random.Random(seed)
        if rng.random() < 0.3:
            EmployerSettings.objects.create(employer=acme, from_on=rng.choice(DAYS), week_starts_on=rng.randrange(7))
        office = Office(list(Apprenticeship.objects.order_by("ref")), priya, rng)
        for act in range(1, ACTS_OF_A_ROUND + 1):
            office.act()
            if act % 5 == 0:
                nothing_is_broken()
