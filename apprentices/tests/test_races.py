"""Two who act at the same moment, each with a connection of their own: one wins, nothing counts twice, nothing is
lost, and afterwards everything holds that must always hold."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from apprentices.actions import hours
from apprentices.actions.amendments import AmendmentRefused, amend
from apprentices.actions.apprenticeships import register
from apprentices.actions.approval_links import LinkClosed, decide_by_link, make_link
from apprentices.actions.journey_cards import HoldsCard, issue, revoke
from apprentices.actions.undone import undo_approval
from apprentices.actions.weeks import Cell, CellsRefused, WeekRefused, WeekToSave, save_weeks
from apprentices.models import Apprenticeship, HourEntry, JourneyCard, LedgerLine, Timesheet
from apprentices.queries.eligibility import eligibility_document
from apprentices.rules.canonical import canonical
from apprentices.tests.cast import apprentice_row
from apprentices.tests.files_of_hours import csv, take
from apprentices.tests.ready import READY_ON
from apprentices.tests.weeks import DECIDED_ON, MONDAY, cell, done, ledger, saved, state_of, submitted
from employers.models import WorkProcess
from imt.tests.threads import ROUNDS, at_once
from reports.queries.ledger_check import breaches_of

pytestmark = pytest.mark.django_db(transaction=True)
WEEKS = [MONDAY + timedelta(days=7 * number) for number in range(ROUNDS)]


@pytest.fixture(autouse=True)
def _everything_holds():
    """Late enough that the weeks of a long campaign are over; afterwards nothing is broken."""
    with time_machine.travel(datetime(2031, 1, 6, 18, tzinfo=UTC)):
        yield
    assert list(breaches_of(list(Apprenticeship.objects.values_list("pk", flat=True)))) == []


@pytest.fixture
def rng():
    return random.Random(2903)


@pytest.fixture
def elsewhere(ana_at_acme, priya):
    """A second agreement of Ana's, at Other Works."""
    born = date.fromisoformat(ana_at_acme.apprentice.date_of_birth)
    register(rows=[apprentice_row(apprentice_ref="T-0002", employer="Other Works", date_of_birth=born)], by=priya)
    return Apprenticeship.objects.get(ref="T-0002")


def approve(week, by, **about):
    return lambda: hours.approve(timesheets=[week.pk], by=by, on=DECIDED_ON, **about)


def undo(week, by):
    return lambda: undo_approval(timesheets=[week.pk], by=by, on=DECIDED_ON)


def colleagues(apprenticeship, count, *, by):
    """The apprenticeship and `count` more at its employer."""
    refs = [f"T-1{number:03d}" for number in range(1, count + 1)]
    register(rows=[apprentice_row(apprentice_ref=ref, first_name=f"P{ref[-1]}", email="") for ref in refs], by=by)
    return [apprenticeship, *Apprenticeship.objects.filter(ref__in=refs).select_related("employer").order_by("ref")]


def weeks_of(crew, day, worked, **about):
    process = WorkProcess.objects.get(standards=crew[0].standards, code="A").pk
    return [WeekToSave(one, day, [Cell(process, day, Decimal(worked))], **about) for one in crew]


def saved_of(outcomes):
    """Those that were saved; what was raised is a failure of the test."""
    if isinstance(outcomes, Exception):
        raise outcomes
    return [outcome for outcome in outcomes if outcome.is_done]


def hours_on(day):
    rows = HourEntry.objects.filter(worked_on=day).order_by("hours")
    return [str(worked) for worked in rows.values_list("hours", flat=True)]


def is_done(result):
    """Of the outcome of one week; what was raised is a failure of the test."""
    if isinstance(result, Exception):
        raise result
    (outcome,) = result
    return outcome.is_done


def posted(week):
    return [str(worked) for worked in LedgerLine.objects.filter(entry__timesheet=week).values_list("hours", flat=True)]


def test_of_two_who_approve_one_does(ana_at_acme, sam, priya):
    for day in WEEKS:
        week = submitted(ana_at_acme, [cell("A", day, "8")], by=sam)
        results = at_once([approve(week, sam), approve(week, priya)])
        assert sorted(map(is_done, results)) == [False, True]
        assert posted(week) == ["8.00"]
        assert week.decisions.count() == 1


def test_a_week_is_approved_or_returned_and_never_both(ana_at_acme, sam, priya, rng):
    for day in WEEKS:
        week = submitted(ana_at_acme, [cell("A", day, "8")], by=sam)
        acts = [
            approve(week, sam),
            lambda week=week: hours.return_(timesheets=[week.pk], reason="no", by=priya, on=DECIDED_ON),
        ]
        assert sorted(map(is_done, at_once(rng.sample(acts, 2)))) == [False, True]
        verdict = week.decisions.get().verdict
        assert posted(week) == (["8.00"] if verdict == "APPROVED" else [])


def test_what_is_approved_is_what_was_looked_at(ana_at_acme, sam, priya):
    def change(week, day):
        if is_done(hours.recall(timesheets=[week.pk], by=sam, on=DECIDED_ON)):
            submitted(ana_at_acme, [cell("A", day, "12")], by=sam)

    for day in WEEKS:
        week = submitted(ana_at_acme, [cell("A", day, "8")], by=sam)
        looked_at = {week.pk: week.version}
        approved, changed = at_once([approve(week, priya, versions=looked_at), lambda w=week, d=day: change(w, d)])
        assert changed is None
        assert posted(week) == (["8.00"] if is_done(approved) else [])


def test_a_save_beside_an_approval_changes_nothing_that_was_approved(ana_at_acme, sam, priya):
    for day in WEEKS:
        week = submitted(ana_at_acme, [cell("A", day, "8")], by=sam)
        more = [cell("B", day, "2")]
        approved, late = at_once([approve(week, priya), lambda more=more: saved(ana_at_acme, more, by=sam)])
        assert is_done(approved)
        assert posted(week) == ["8.00"]
        assert isinstance(late, WeekRefused) or state_of(week) == ("DRAFT", 2)


def test_of_two_editors_who_began_together_one_is_told_to_look_again(ana_at_acme, sam, priya):
    for day in WEEKS:
        number = saved(ana_at_acme, [cell("A", day, "1")], by=sam).edit_number

        def save(worked, by, day=day, number=number):
            return lambda: saved(ana_at_acme, [cell("A", day, worked)], by=by, edit_number=number)

        results = at_once([save("6", sam), save("7", priya)])
        assert [type(result) for result in results if isinstance(result, Exception)] == [WeekRefused]


def test_of_two_who_save_the_weeks_of_the_same_crew_the_later_is_told_of_each_week(ana_at_acme, sam, priya, rng):
    crew = colleagues(ana_at_acme, 5, by=priya)
    for day in WEEKS:
        save_weeks(weeks=weeks_of(crew, day, "1"), by=sam)

        def save(worked, by, day=day):
            some = rng.sample(crew, len(crew))  # in another order each: nobody waits for the other in a circle
            return lambda: save_weeks(weeks=weeks_of(some, day, worked, edit_number=2), by=by)

        results = at_once([save("6", sam), save("7", priya)])
        assert sorted(len(saved_of(outcomes)) for outcomes in results) == [0, len(crew)]
        refused = next(outcomes for outcomes in results if not saved_of(outcomes))
        assert {outcome.at for outcome in refused} == {"edit_number"}
        winner = "6.00" if saved_of(results[0]) else "7.00"
        assert hours_on(day) == [winner] * len(crew)


def test_two_who_save_weeks_of_overlapping_crews_at_once_save_each_week_once(ana_at_acme, sam, priya, rng):
    crew = colleagues(ana_at_acme, 5, by=priya)
    for day in WEEKS:

        def save(people, worked, by, day=day):
            some = rng.sample(people, len(people))
            return lambda: save_weeks(weeks=weeks_of(some, day, worked, edit_number=1), by=by)

        results = at_once([save(crew[:4], "6", sam), save(crew[2:], "7", priya)])
        keys = [outcome.apprenticeship.pk for outcomes in results for outcome in saved_of(outcomes)]
        assert sorted(keys) == sorted(one.pk for one in crew)
        assert len(hours_on(day)) == len(crew)
        assert hours_on(day) in (["6.00"] * 4 + ["7.00"] * 2, ["6.00"] * 2 + ["7.00"] * 4)


def test_a_day_is_not_filled_twice_by_two_employers(ana_at_acme, elsewhere, sam, priya):
    for day in WEEKS:
        results = at_once(
            [
                lambda day=day: saved(ana_at_acme, [cell("A", day, "16")], by=sam),
                lambda day=day: saved(elsewhere, [cell("A", day, "16")], by=priya),
            ]
        )
        assert [type(result) for result in results if isinstance(result, Exception)] == [CellsRefused]
        assert HourEntry.objects.filter(worked_on=day).count() == 1


def test_a_day_is_not_filled_twice_by_a_file_and_a_grid(ana_at_acme, elsewhere, sam, priya):
    for day in WEEKS:
        file, grid = at_once(
            [
                lambda day=day: take(csv(f"T-0001,{day},A,16,,"), by=priya, approve=True),
                lambda day=day: saved(elsewhere, [cell("A", day, "16")], by=priya),
            ]
        )
        assert (file.said == ["accepted"]) is isinstance(grid, CellsRefused)
        assert HourEntry.objects.filter(worked_on=day).count() == 1


def test_of_two_who_take_in_the_same_file_one_finds_everything_known(ana_at_acme, sam, priya):
    for number, day in enumerate(WEEKS):
        content = csv(f"T-0001,{day},A,8,,", f"T-0001,{day},B,2,,r-{number}")
        results = at_once([lambda c=content, by=by: take(c, by=by, approve=True) for by in (sam, priya)])
        assert sorted(found.said for found in results) == [["accepted"] * 2, ["skipped"] * 2]
        assert sorted(posted(Timesheet.objects.get(week_starts_on=day))) == ["2.00", "8.00"]


def test_of_two_amendments_the_later_corrects_the_earlier(ana_at_acme, sam, priya):
    for day in WEEKS:
        week = submitted(ana_at_acme, [cell("A", day, "8")], by=sam)
        done(approve(week, sam)())
        entry = HourEntry.objects.get(timesheet=week)

        def correct(worked, by, entry=entry):
            return lambda: amend(entry=entry, hours=worked, reason="clock", by=by, on=DECIDED_ON)

        results = at_once([correct(7, sam), correct(6, priya)])
        standing = LedgerLine.objects.standing().get(entry=entry)
        assert standing == max(results, key=lambda line: line.position)
        assert LedgerLine.objects.filter(entry=entry).count() == 5


def test_the_one_who_came_second_is_told_who_decided(ana_at_acme, sam, priya):
    for day in WEEKS:
        week = submitted(ana_at_acme, [cell("A", day, "8")], by=sam)
        outcomes = [one for (one,) in at_once([approve(week, sam), approve(week, priya)])]
        (lost,) = (one for one in outcomes if not one.is_done)
        winner = week.decisions.get().decided_by
        assert lost.reason == f"{winner} has decided on this week already: Approved."


def test_of_two_who_undo_one_does(ana_at_acme, sam, priya):
    for day in WEEKS:
        week = submitted(ana_at_acme, [cell("A", day, "8")], by=sam)
        done(approve(week, sam)())
        results = at_once([undo(week, sam), undo(week, priya)])
        assert sorted(map(is_done, results)) == [False, True]
        assert sorted(posted(week)) == ["-8.00", "8.00"]
        assert state_of(week) == ("SUBMITTED", 2)


def test_an_approval_is_undone_or_amended_and_never_both(ana_at_acme, sam, priya, rng):
    for day in WEEKS:
        week = submitted(ana_at_acme, [cell("A", day, "8")], by=sam)
        done(approve(week, sam)())
        entry = HourEntry.objects.get(timesheet=week)

        def correct(entry=entry):
            return amend(entry=entry, hours=7, reason="clock", by=priya, on=DECIDED_ON)

        first, second = rng.sample([undo(week, sam), correct], 2)
        results = at_once([first, second])
        was_amended = any(isinstance(result, LedgerLine) for result in results)
        refusals = [result for result in results if isinstance(result, AmendmentRefused)]
        assert len(refusals) == (0 if was_amended else 1)
        assert state_of(week)[0] == ("APPROVED" if was_amended else "SUBMITTED")
        assert sum(map(float, posted(week))) == (7 if was_amended else 0)


def test_a_week_undone_and_approved_at_the_same_moment_counts_once_or_not_at_all(ana_at_acme, sam, priya):
    for day in WEEKS:
        week = submitted(ana_at_acme, [cell("A", day, "8")], by=sam)
        done(approve(week, sam)())
        undone, _again = at_once([undo(week, sam), approve(week, priya)])
        assert is_done(undone)
        assert sum(map(float, posted(week))) == (8 if state_of(week)[0] == "APPROVED" else 0)


def test_a_link_that_is_used_twice_at_once_decides_once(ana_at_acme, sam, rng):
    for day in WEEKS:
        week = submitted(ana_at_acme, [cell("A", day, "8")], by=sam)
        _link, token = make_link(timesheet=week, mentor="Mel", by=sam, on=DECIDED_ON)

        def use(approve, token=token):
            return lambda: decide_by_link(token=token, approve=approve, reason="no")

        results = at_once([use(True), use(rng.random() < 0.5)])
        assert sorted(type(result).__name__ for result in results) == ["LinkClosed", "Timesheet"]
        assert week.decisions.count() == 1


def test_a_link_and_a_supervisor_at_once_decide_once(ana_at_acme, sam, priya):
    for day in WEEKS:
        week = submitted(ana_at_acme, [cell("A", day, "8")], by=sam)
        _link, token = make_link(timesheet=week, mentor="Mel", by=sam, on=DECIDED_ON)
        by_link, by_hand = at_once([lambda t=token: decide_by_link(token=t, approve=True), approve(week, priya)])
        assert isinstance(by_link, LinkClosed) == is_done(by_hand)
        assert posted(week) == ["8.00"]


def test_positions_have_no_gap_whoever_posts(ana_at_acme, sam, priya):
    for day in WEEKS:
        week = submitted(ana_at_acme, [cell("A", day, "8")], by=sam)
        content = csv(f"T-0001,{day + timedelta(days=1)},B,8,,")
        at_once([approve(week, sam), lambda c=content: take(c, by=priya, approve=True)])
        positions = [position for position, *_rest in ledger(ana_at_acme)]
        assert positions == list(range(1, len(positions) + 1))
        ana_at_acme.refresh_from_db()
        assert ana_at_acme.ledger_position == len(positions)


def test_of_two_cards_one_is_issued(ready, priya, sam):
    sam.is_staff = True
    sam.save()
    for _round in range(ROUNDS):
        results = at_once([lambda by=by: issue(apprenticeship=ready, by=by, on=READY_ON) for by in (priya, sam)])
        assert sorted(type(result) for result in results if isinstance(result, Exception)) == [HoldsCard]
        revoke(card=JourneyCard.objects.live().get(), reason="for the next round", by=priya)


def test_an_answer_stays_the_same_whatever_was_being_posted_when_it_was_given(ana_at_acme, sam, priya):
    weeks = [submitted(ana_at_acme, [cell("A", day, "8")], by=sam) for day in WEEKS]
    answers = []

    def ask():
        for _time in range(2 * ROUNDS):
            answers.append(eligibility_document(as_of=date(2030, 1, 1)))

    def post(some):
        for week in some:
            done(approve(week, sam)())

    results = at_once([lambda: post(weeks[::2]), lambda: post(weeks[1::2]), ask])
    assert results == [None, None, None]
    for answer in answers:
        known_at = datetime.fromisoformat(answer["known_at"])
        again = eligibility_document(as_of=date(2030, 1, 1), known_at=known_at)
        assert canonical(again) == canonical(answer)
