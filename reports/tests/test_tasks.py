from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import OperationalError
from django.utils import timezone

from apprentices.actions import facts
from apprentices.actions.apprenticeships import register
from apprentices.models import Apprenticeship
from apprentices.tests.cast import apprentice_row
from apprentices.tests.weeks import MONDAY, approved, cell
from imt.audit.actions import SILENT_AFTER
from imt.audit.models import Run
from imt.celery import app
from reports import tasks
from reports.actions.runs import start_run
from reports.models import ProgressSnapshot
from reports.queries.snapshots import behind
from reports.tasks import refresh_chunk, refresh_progress, refresh_sparing


def left():
    return behind(today=timezone.localdate()).count()


@pytest.fixture
def crew(ana_at_acme, priya):
    """Seven apprenticeships (ids), none with a snapshot."""
    rows = [apprentice_row(line=n, apprentice_ref=f"X-{n}", first_name=f"{n}", email="") for n in range(6)]
    register(rows=rows, by=priya)
    return sorted(Apprenticeship.objects.values_list("pk", flat=True))


@pytest.fixture
def chunks_of_two(monkeypatch):
    monkeypatch.setattr(tasks, "CHUNK", 2)


@pytest.fixture
def with_workers(monkeypatch):
    """As if a broker and its workers were there."""
    monkeypatch.setattr(tasks, "current_app", SimpleNamespace(conf=SimpleNamespace(task_always_eager=False)))


@pytest.fixture
def published(monkeypatch):
    """The chunks that were put into the queue instead of being run."""
    sent = []
    monkeypatch.setattr(refresh_chunk, "apply_async", lambda kwargs, **options: sent.append((kwargs, options)))
    return sent


@pytest.mark.parametrize("name", ["reports.refresh_progress", "reports.refresh_chunk", "reports.check_ledger"])
def test_tasks_are_registered_in_every_process(name):
    assert name in app.tasks


def test_everybody_behind_is_refreshed(crew):
    refresh_progress.delay()
    assert (left(), ProgressSnapshot.objects.count()) == (0, 7)


def test_few_are_refreshed_without_a_run(crew):
    refresh_progress.delay()
    assert not Run.objects.exists()


def test_many_are_refreshed_in_chunks_and_a_run_counts_them(crew, chunks_of_two):
    refresh_progress.delay()
    run = Run.objects.get()
    assert (left(), run.kind, run.state, run.total, run.done) == (0, "refresh", Run.State.DONE, 7, 7)


def test_chunks_hold_neighbors_and_expire(crew, chunks_of_two, published):
    refresh_progress()
    run = Run.objects.get()
    assert [kwargs for kwargs, _options in published] == [
        {"run": run.pk, "apprenticeships": crew[at : at + 2]} for at in (0, 2, 4, 6)
    ]
    assert all(options["expires"] == tasks.CHUNK_EXPIRES and not options["retry"] for _kwargs, options in published)


def test_a_sweep_during_a_run_asks_for_nothing_again(crew, chunks_of_two, published):
    refresh_progress()
    refresh_progress()
    assert len(published) == 4
    assert Run.objects.count() == 1


def test_a_sweep_takes_up_what_lost_messages_left(crew, chunks_of_two, published):
    refresh_progress()
    for kwargs, _options in published[:2]:
        refresh_chunk(**kwargs)
    published.clear()
    Run.objects.update(beat_at=timezone.now() - SILENT_AFTER - timedelta(seconds=1))
    refresh_progress()
    assert [kwargs["apprenticeships"] for kwargs, _options in published] == [crew[4:6], crew[6:]]
    for kwargs, _options in published:
        refresh_chunk(**kwargs)
    run = Run.objects.get()
    assert (left(), run.state, run.total, run.done, run.starts) == (0, Run.State.DONE, 7, 7, 2)


def test_chunks_in_any_order_and_delivered_three_times_leave_the_same(crew, chunks_of_two, published):
    refresh_progress()
    for kwargs, _options in [*reversed(published), *published, *published]:
        refresh_chunk(**kwargs)
    run = Run.objects.get()
    assert (left(), ProgressSnapshot.objects.count(), run.state, run.done) == (0, 7, Run.State.DONE, 7)


def test_a_chunk_that_comes_late_does_what_is_still_behind_and_no_more(crew, chunks_of_two, published, monkeypatch):
    refresh_progress()
    refresh_sparing(crew[:1])
    seen = []
    monkeypatch.setattr(tasks, "refresh", lambda *, apprenticeships, as_of: seen.append(apprenticeships))
    refresh_chunk(**published[0][0])
    assert seen == [crew[1:2]]


def test_a_run_whose_messages_were_lost_ends_when_others_did_its_work(crew, chunks_of_two, published, monkeypatch):
    refresh_progress()
    refresh_sparing(crew)
    refresh_progress()
    assert Run.objects.get().state == Run.State.DONE


def test_one_apprenticeship_can_be_refreshed_alone(crew, with_workers):
    refresh_progress(apprenticeships=crew[:1])
    assert list(ProgressSnapshot.objects.values_list("pk", flat=True)) == crew[:1]


def test_without_workers_nobody_sweeps_so_everybody_behind_is_refreshed(crew):
    refresh_progress(apprenticeships=crew[:1])
    assert left() == 0


def test_an_act_on_few_names_them_to_the_workers_and_one_on_many_does_not(crew, monkeypatch):
    woken = []
    monkeypatch.setattr(facts, "wake", lambda name, **ids: woken.append((name, ids)))
    monkeypatch.setattr(facts, "NAMED", 2)
    facts.facts_changed(crew[1::-1])
    facts.facts_changed(crew)
    assert woken == [
        ("reports.refresh_progress", {"apprenticeships": crew[:2]}),
        ("reports.refresh_progress", {}),
    ]


def test_who_is_not_behind_is_left_alone(crew):
    refresh_progress()
    before = list(ProgressSnapshot.objects.order_by("pk").values_list("refreshed_at", flat=True))
    refresh_progress()
    assert list(ProgressSnapshot.objects.order_by("pk").values_list("refreshed_at", flat=True)) == before


def test_one_whose_facts_break_a_rule_does_not_keep_the_others_waiting(crew, monkeypatch):
    refresh = tasks.refresh

    def breaks_on_the_third(*, apprenticeships, as_of):
        if crew[2] in apprenticeships:
            raise ZeroDivisionError
        return refresh(apprenticeships=apprenticeships, as_of=as_of)

    monkeypatch.setattr(tasks, "refresh", breaks_on_the_third)
    assert refresh_sparing(crew) == [crew[2]]
    assert left() == 1


def test_a_run_says_whom_it_could_not_refresh(crew, chunks_of_two, monkeypatch):
    def breaks(*, apprenticeships, as_of):
        raise ZeroDivisionError

    monkeypatch.setattr(tasks, "refresh", breaks)
    run = start_run("refresh", left=7)
    refresh_chunk(run=run.pk, apprenticeships=crew[:2])
    run.refresh_from_db()
    assert (run.state, run.done, run.error) == (Run.State.RUNNING, 0, f"could not be refreshed: {crew[:2]}")


def test_a_database_that_is_away_is_nobodys_fault(crew, monkeypatch):
    def away(*, apprenticeships, as_of):
        raise OperationalError("the connection is lost")

    monkeypatch.setattr(tasks, "refresh", away)
    with pytest.raises(OperationalError):
        refresh_sparing(crew)


@pytest.mark.django_db(transaction=True)
def test_an_approval_wakes_the_refresh_of_whom_it_concerns(ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    assert f"{ProgressSnapshot.objects.get().ojl_hours}" == "8.00"
    assert left() == 0


def test_the_nightly_check_keeps_its_result_as_a_run(crew):
    refresh_progress()
    tasks.check_ledger.delay()
    run = Run.objects.get(kind="check")
    assert (run.state, run.total, run.done) == (Run.State.DONE, 7, 7)
    assert (run.arguments["breaches"], run.arguments["behind"]) == ([], 0)


def test_what_the_nightly_check_finds_fails_its_run_and_is_named(crew):
    refresh_progress()
    ProgressSnapshot.objects.filter(pk=crew[3]).update(eligible=True)
    tasks.check_ledger()
    run = Run.objects.get(kind="check")
    ref = Apprenticeship.objects.get(pk=crew[3]).ref
    assert run.state == Run.State.FAILED
    assert run.error == f"I1: the snapshot of {ref} is not what the rules say: eligible"
    assert run.arguments["breaches"] == [run.error]


def test_a_check_is_cut_into_messages_and_goes_on_where_it_was(crew, with_workers, monkeypatch):
    refresh_progress()
    monkeypatch.setattr("reports.queries.ledger_check.PEOPLE_AT_ONCE", 2)
    monkeypatch.setattr(tasks, "CHECK_SECONDS", 0)
    sent = []
    monkeypatch.setattr(tasks.check_ledger, "apply_async", lambda kwargs=None, **options: sent.append(kwargs))
    tasks.check_ledger()
    states = []
    while sent:
        run = Run.objects.get(kind="check")
        states.append(run.done)
        tasks.check_ledger(**sent.pop())
    run = Run.objects.get(kind="check")
    assert states == [2, 4, 6, 7]
    assert (run.state, run.done) == (Run.State.DONE, 7)


def test_the_sweep_takes_a_silent_check_up(crew, monkeypatch):
    sent = []
    monkeypatch.setattr(tasks.check_ledger, "apply_async", lambda kwargs=None, **options: sent.append(kwargs))
    run = start_run("check", left=7, arguments={"breaches": []})
    refresh_progress()
    assert sent == []
    Run.objects.filter(pk=run.pk).update(beat_at=timezone.now() - SILENT_AFTER - timedelta(seconds=1))
    refresh_progress()
    assert sent == [None]
