import io
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from imt.audit.actions import fail
from imt.audit.models import Run
from reports import tasks
from reports.actions.runs import start_run
from reports.management.commands import refresh_progress as command
from reports.models import ProgressSnapshot
from reports.queries.snapshots import behind
from reports.tasks import refresh_sparing


def refresh_progress(*arguments):
    out = io.StringIO()
    call_command("refresh_progress", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def with_a_broker(monkeypatch):
    """As if workers were listening: what they are asked is kept, and done when a test says so."""
    asked = []
    app = SimpleNamespace(conf=SimpleNamespace(task_always_eager=False))
    monkeypatch.setattr(command, "current_app", app)
    monkeypatch.setattr(command, "wake", asked.append)
    return asked


def test_without_a_broker_the_work_is_done_here(ready):
    assert refresh_progress() == "1 snapshots refreshed\n"
    assert ProgressSnapshot.objects.get().eligible
    assert not Run.objects.exists()


def test_with_nothing_to_do_it_says_so(ready):
    refresh_progress()
    assert refresh_progress() == "no snapshot is behind\n"


def test_all_makes_every_snapshot_anew(ready):
    refresh_progress()
    ProgressSnapshot.objects.update(eligible=False)
    assert refresh_progress("--all") == "1 snapshots refreshed\n"
    assert ProgressSnapshot.objects.get().eligible


def test_until_the_workers_come_all_goes_on_saying_what_it_said(ready, with_a_broker):
    refresh_sparing([ready.pk])
    assert refresh_progress("--all") == "1 snapshots are behind; the workers are asked\n"
    assert ProgressSnapshot.objects.get().eligible


def test_a_long_run_here_is_shown_to_others(ready, monkeypatch):
    monkeypatch.setattr(tasks, "CHUNK", 0)
    monkeypatch.setattr(command, "CHUNK", 0)
    monkeypatch.setattr(command, "chunks_of", lambda keys: [keys])
    refresh_progress()
    run = Run.objects.get()
    assert (run.kind, run.state, run.total, run.done) == ("refresh", Run.State.DONE, 1, 1)


def test_who_cannot_be_refreshed_is_named_and_the_exit_is_1(ready, monkeypatch):
    def breaks(*, apprenticeships, as_of):
        raise ZeroDivisionError

    monkeypatch.setattr(tasks, "refresh", breaks)
    with pytest.raises(CommandError, match=f"1 of 1 could not be refreshed, first apprenticeship {ready.pk}"):
        refresh_progress()


def test_with_a_broker_the_workers_are_asked(ready, with_a_broker):
    assert refresh_progress() == "1 snapshots are behind; the workers are asked\n"
    assert with_a_broker == ["reports.refresh_progress"]
    assert not ProgressSnapshot.objects.exists()


def test_waiting_ends_when_the_rows_say_that_all_is_done(ready, with_a_broker, monkeypatch):
    monkeypatch.setattr(command.time, "sleep", lambda _seconds: refresh_sparing([ready.pk]))
    out = refresh_progress("--wait")
    assert out.splitlines()[-1] == "1 snapshots refreshed"
    assert not behind(today=timezone.localdate()).exists()


def test_waiting_ends_with_an_error_when_the_run_fails(ready, with_a_broker, monkeypatch):
    run = start_run("refresh", left=1)
    monkeypatch.setattr(command.time, "sleep", lambda _seconds: fail(run, "fell silent"))
    with pytest.raises(CommandError, match="the run failed: fell silent"):
        refresh_progress("--wait")


def test_waiting_has_a_limit(ready, with_a_broker):
    with pytest.raises(CommandError, match="1 snapshots are still behind after 0 seconds"):
        refresh_progress("--wait", "--limit", "0")
