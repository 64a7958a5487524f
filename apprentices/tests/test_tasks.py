"""The work on a file of hours: taken up when its message is lost or its worker killed, done once, at last given up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apprentices import tasks
from apprentices.actions import hour_file_runs, hour_files
from apprentices.actions.hour_file_runs import begin, keep_preview, waiting_files
from apprentices.files.hour_headers import LIST_NEEDS
from apprentices.models import HourEntry, HourFile
from apprentices.tests.files_of_hours import csv, everything
from imt.audit.actions import SILENT_AFTER
from imt.audit.models import ImportBatch, Run

pytestmark = pytest.mark.django_db
FILE = csv("T-0001,2026-03-02,A,8,,")


@pytest.fixture
def hour_file(ana_at_acme, acme, sam):
    """Checked, good, and to be taken in; its message is lost."""
    columns = dict.fromkeys(("note", "entry_ref"), "") | {name: name for name in LIST_NEEDS}
    found = hour_files.upload(
        employer=acme, file_name="hours.csv", content=FILE.encode(), columns=columns, day_first=False, by=sam
    )
    HourFile.objects.filter(pk=found.pk).update(state="PREVIEWED", counts={"accepted": 1})
    hour_files.take_in(hour_file=found, by=sam)
    found.refresh_from_db()
    return found


def fall_silent():
    Run.objects.update(beat_at=timezone.now() - SILENT_AFTER - timedelta(seconds=1))


def test_the_sweep_takes_up_a_file_whose_message_was_lost(hour_file):
    tasks.take_up_hour_files()
    hour_file.refresh_from_db()
    assert (hour_file.state, hour_file.run.state, hour_file.run.starts) == ("TAKEN_IN", "DONE", 1)


def test_the_sweep_takes_up_what_a_killed_worker_left(hour_file):
    begin(hour_file.pk)
    assert waiting_files() == []
    fall_silent()
    tasks.take_up_hour_files()
    hour_file.refresh_from_db()
    assert (hour_file.state, hour_file.run.starts) == ("TAKEN_IN", 2)


def test_a_file_on_which_somebody_works_is_left_alone(hour_file):
    begin(hour_file.pk)
    before = everything()
    tasks.work_on_hour_file(hour_file.pk)
    assert everything() == before


def test_the_third_start_that_dies_is_the_last_and_the_file_says_so(hour_file):
    for _start in range(3):
        assert begin(hour_file.pk) is not None
        fall_silent()
    tasks.take_up_hour_files()
    hour_file.refresh_from_db()
    assert (hour_file.state, hour_file.run.state, hour_file.run.starts) == ("FAILED", "FAILED", 3)
    assert hour_file.error == "The work stopped 3 times before its end. Nothing was taken in. Try again."
    assert not HourEntry.objects.exists()


def test_a_file_that_failed_can_be_tried_again(hour_file, sam):
    test_the_third_start_that_dies_is_the_last_and_the_file_says_so(hour_file)
    hour_files.check(hour_file=hour_file, by=sam)
    tasks.take_up_hour_files()
    hour_file.refresh_from_db()
    assert (hour_file.state, hour_file.counts) == ("PREVIEWED", {"accepted": 1})


def test_a_message_that_comes_three_times_takes_the_file_in_once(hour_file):
    for _message in range(3):
        tasks.work_on_hour_file(hour_file.pk)
    assert (ImportBatch.objects.count(), HourEntry.objects.count()) == (1, 1)


def test_a_start_that_was_overtaken_writes_nothing(hour_file, monkeypatch):
    close = hour_file_runs.close_file

    def overtaken(work, **options):
        fall_silent()
        begin(hour_file.pk)
        close(work, **options)

    monkeypatch.setattr(tasks, "close_file", overtaken)
    tasks.work_on_hour_file(hour_file.pk)
    assert not HourEntry.objects.exists()
    assert not ImportBatch.objects.exists()


def test_a_preview_of_an_overtaken_start_is_thrown_away(hour_file):
    work = begin(hour_file.pk)
    fall_silent()
    begin(hour_file.pk)
    with pytest.raises(hour_file_runs.Overtaken):
        keep_preview(work, counts={}, outcomes=b"")


def test_what_goes_wrong_stands_in_the_run(hour_file, monkeypatch):
    monkeypatch.setattr(tasks, "people_of_files", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tasks.work_on_hour_file(hour_file.pk)
    assert "ZeroDivisionError" in Run.objects.get().error


def test_columns_that_the_file_does_not_have_end_the_work_with_words(hour_file):
    HourFile.objects.update(columns={"Nope": "hours"})
    tasks.work_on_hour_file(hour_file.pk)
    hour_file.refresh_from_db()
    assert hour_file.state == "FAILED"
    assert "no column for" in hour_file.error or "no header" in hour_file.error


def test_the_run_says_how_many_lines_are_done(hour_file):
    tasks.work_on_hour_file(hour_file.pk)
    run = Run.objects.get()
    assert (run.done, run.total, run.queued_by) == (1, 1, hour_file.uploaded_by)
