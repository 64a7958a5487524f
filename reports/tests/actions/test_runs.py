from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from imt.audit.actions import SILENT_AFTER, advance, fail, note_error
from imt.audit.models import Run
from reports.actions.runs import finish_runs, silent_runs, start_run

pytestmark = pytest.mark.django_db
State = Run.State


def silent_for_long(run):
    Run.objects.filter(pk=run.pk).update(beat_at=timezone.now() - SILENT_AFTER - timedelta(seconds=1))


def test_a_run_begins_with_what_is_left():
    run = start_run("refresh", left=7)
    assert (run.state, run.total, run.done, run.starts) == (State.RUNNING, 7, 0, 1)


def test_while_one_is_under_way_no_other_begins():
    start_run("refresh", left=7)
    assert start_run("refresh", left=7) is None
    assert Run.objects.count() == 1


def test_another_kind_may_run_beside_it():
    start_run("refresh", left=7)
    assert start_run("check", left=2) is not None


def test_counts_go_up_and_never_beyond_the_total():
    run = start_run("refresh", left=7)
    advance(run.pk, 3)
    run.refresh_from_db()
    assert run.done == 3
    advance(run.pk, 30)
    run.refresh_from_db()
    assert run.done == 7


def test_a_sign_of_life_keeps_a_run_from_being_taken_up():
    run = start_run("refresh", left=7)
    silent_for_long(run)
    assert silent_runs("refresh").get() == run
    advance(run.pk, 0)
    assert not silent_runs("refresh").exists()


def test_a_silent_run_is_taken_up_where_it_stands():
    run = start_run("refresh", left=7)
    silent_for_long(run)
    again = start_run("refresh", left=4)
    assert (again.pk, again.total, again.done, again.starts) == (run.pk, 7, 3, 2)


def test_a_run_taken_up_with_more_to_do_grows():
    run = start_run("refresh", left=7)
    silent_for_long(run)
    again = start_run("refresh", left=9)
    assert (again.total, again.done) == (9, 0)


def test_the_third_start_that_dies_marks_it_failed_and_another_run_begins():
    first = start_run("refresh", left=7)
    for _time in range(2):
        silent_for_long(first)
        assert start_run("refresh", left=7).pk == first.pk
    note_error(first.pk, "could not be refreshed: [5]")
    silent_for_long(first)
    another = start_run("refresh", left=7)
    first.refresh_from_db()
    assert (first.state, first.finished_at is not None) == (State.FAILED, True)
    assert first.error == "started 3 times and fell silent each time; could not be refreshed: [5]"
    assert (another.pk != first.pk, another.starts) == (True, 1)


def test_a_finished_run_is_done_with_all():
    run = start_run("refresh", left=7)
    with time_machine.travel("2026-11-20T08:00:00Z", tick=False):
        finish_runs("refresh")
        run.refresh_from_db()
        assert (run.state, run.done, run.finished_at) == (State.DONE, 7, timezone.now())


def test_what_is_finished_is_not_advanced_any_more():
    run = start_run("refresh", left=7)
    fail(run, "gave up")
    advance(run.pk, 3)
    note_error(run.pk, "something else")
    run.refresh_from_db()
    assert (run.state, run.done, run.error) == (State.FAILED, 0, "gave up")
