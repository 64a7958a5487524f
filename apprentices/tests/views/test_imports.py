"""A file of hours through the browser: uploaded, checked, repaired, taken in, undone."""

import csv as csv_files
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apprentices.actions import hour_files
from apprentices.models import HourEntry, HourFile, LedgerLine, Timesheet
from apprentices.tests.files_of_hours import csv, entries, everything
from apprentices.tests.views.import_pages import BAD, GOOD, ImportPages
from imt.audit.models import Run

pytestmark = pytest.mark.django_db


def test_a_file_is_taken_in_step_by_step(pages, acme, sam):
    hour_file = pages.upload(GOOD, employer=acme)
    assert hour_file.state == "UPLOADED"
    assert pages.name_columns(hour_file).url == reverse("import_words", args=[hour_file.pk])
    pages.settle(hour_file)
    assert (hour_file.state, hour_file.counts) == ("PREVIEWED", {"accepted": 2})
    assert not HourEntry.objects.exists()
    pages.act(hour_file, "take_in")
    hour_file.refresh_from_db()
    assert (hour_file.state, hour_file.run.state, hour_file.batch.counts) == ("TAKEN_IN", "DONE", {"accepted": 2})
    assert entries() == [("2026-03-02", "A", "8.00", "r-1", ""), ("2026-03-03", "B", "4.00", "r-2", "")]
    assert Timesheet.objects.get().state == "SUBMITTED"
    assert HourEntry.objects.first().logged_by == sam


def test_with_approval_the_hours_count_at_once(pages, acme):
    hour_file = pages.checked(GOOD, employer=acme)
    pages.act(hour_file, "take_in", approve="on")
    assert LedgerLine.objects.count() == 2
    assert b"Taken in and approved" in pages.get("import_file", hour_file).content


def test_the_same_file_twice_changes_nothing(pages, acme):
    pages.act(pages.checked(GOOD, employer=acme), "take_in")
    before = everything()[:4]
    again = pages.checked(GOOD, employer=acme)
    assert again.counts == {"skipped": 2}
    assert b"Everything in this file is known already" in pages.get("import_file", again).content
    pages.act(again, "take_in")
    again.refresh_from_db()
    assert (again.state, again.error) == (
        "PREVIEWED",
        "Everything in this file is known already: there was nothing to take in.",
    )
    assert everything()[:4] == before


def test_an_error_is_told_with_line_column_found_expected_and_a_field_to_repair_it(pages, acme):
    hour_file = pages.checked(BAD, employer=acme)
    page = pages.get("import_file", hour_file).content.decode()
    assert "Line 3" in page
    assert "eight" in page
    assert "hours such as 8, 8.5" in page
    assert 'name="cell-3" value="eight"' in page


def test_a_cell_is_repaired_in_place_and_the_file_checked_again(pages, acme):
    hour_file = pages.checked(BAD, employer=acme)
    pages.act(hour_file, "repair", **{"cell-3": "4"})
    hour_file.refresh_from_db()
    assert (hour_file.counts, hour_file.repairs) == ({"accepted": 2}, {"3": {"hours": "4"}})
    pages.act(hour_file, "take_in")
    assert entries()[1] == ("2026-03-03", "B", "4.00", "r-2", "")


def test_a_repair_that_changes_nothing_is_explained(pages, acme):
    hour_file = pages.checked(BAD, employer=acme)
    response = pages.act(hour_file, "repair", **{"cell-3": "eight"})
    assert response.status_code == 409
    assert b"No cell was changed." in response.content


def test_a_file_with_errors_is_not_taken_in_whole(pages, acme):
    hour_file = pages.checked(BAD, employer=acme)
    response = pages.act(hour_file, "take_in")
    assert response.status_code == 409
    assert b"The file has errors." in response.content
    assert not HourEntry.objects.exists()


def test_its_good_part_is_taken_in_where_that_is_asked(pages, acme):
    hour_file = pages.checked(BAD, employer=acme)
    pages.act(hour_file, "take_in", partial="on")
    assert len(entries()) == 1
    hour_file.refresh_from_db()
    assert (hour_file.state, hour_file.counts) == ("TAKEN_IN", {"accepted": 1, "error": 1})


def test_lines_that_became_wrong_since_the_check_stop_the_whole_file(pages, acme, sam):
    hour_file = pages.checked(GOOD, employer=acme)
    pages.act(pages.checked(csv("T-0001,2026-03-02,B,20,,x"), employer=acme), "take_in")
    pages.act(hour_file, "take_in")
    hour_file.refresh_from_db()
    assert (hour_file.state, hour_file.counts) == ("PREVIEWED", {"accepted": 1, "error": 1})
    assert "something changed since" in hour_file.error
    assert len(entries()) == 1


def test_who_may_not_approve_the_hours_of_somebody_in_the_file_is_told_so(pages, acme, sam, ana_at_acme):
    ana_at_acme.apprentice.user = sam
    ana_at_acme.apprentice.save()
    hour_file = pages.checked(GOOD, employer=acme)
    pages.act(hour_file, "take_in", approve="on")
    hour_file.refresh_from_db()
    assert hour_file.error == "Sam may not approve the hours of T-0001."
    assert (hour_file.state, HourEntry.objects.count()) == ("PREVIEWED", 0)


def test_an_import_is_undone_and_the_page_says_by_whom(pages, acme):
    hour_file = pages.checked(GOOD, employer=acme)
    pages.act(hour_file, "take_in", approve="on")
    pages.act(hour_file, "undo")
    page = pages.get("import_file", hour_file).content.decode()
    assert "Undone by Sam" in page
    assert "Undo the whole import" not in page
    assert sum(line.hours for line in LedgerLine.objects.all()) == 0


def test_an_undo_that_is_refused_is_explained(pages, acme, sam, priya, ana_at_acme):
    hour_file = pages.checked(GOOD, employer=acme)
    pages.act(hour_file, "take_in")
    Timesheet.objects.update(state="DRAFT")
    response = pages.act(hour_file, "undo")
    assert response.status_code == 409
    assert "decided on or changed since" in response.content.decode()


def test_a_file_is_put_aside(pages, acme):
    hour_file = pages.checked(BAD, employer=acme)
    assert pages.act(hour_file, "discard").url == reverse("imports")
    assert b"hours.csv</a>" not in pages.client.get(reverse("imports")).content


@pytest.mark.parametrize("act", ["take_in", "repair", "check", "discard"])
def test_what_was_taken_in_is_not_taken_in_checked_or_put_aside_again(pages, acme, act):
    hour_file = pages.checked(GOOD, employer=acme)
    pages.act(hour_file, "take_in")
    before = everything()
    assert pages.act(hour_file, act).status_code == 409
    assert everything() == before


def test_an_act_that_nobody_knows_is_no_act(pages, acme):
    assert pages.act(pages.checked(GOOD, employer=acme), "explode").status_code == 400


# --- the upload ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\xd0\xcf\x11\xe0old", "is an old (.xls)"),
        (b"PK\x03\x04broken", "is not a whole XLSX workbook"),
        (b"a,b\n\x00\n", "a zero byte"),
        (GOOD.encode() + b'T-0001,"2026-03-02\n', "is never closed"),
        (csv(*["T-0001,2026-03-02,A,1,note,r"] * 20_001).encode(), "more than 20,000 lines"),
        (b"x" * (5 * 1024 * 1024 + 1), "is larger than 5 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_its_field(pages, acme, content, said):
    response = pages.send(content, "export.csv", acme)
    assert response.status_code == 200
    ((field, _label, text),) = response.context["summary"]
    assert (field, said in text) == ("id_file", True)
    assert not HourFile.objects.exists()


def test_nobody_uploads_for_an_employer_that_is_not_theirs(pages, oscar, acme):
    other = oscar.employer_memberships.get().employer
    response = pages.send(GOOD, "hours.csv", other)
    assert response.context["summary"][0][0] == "id_employer"


def test_who_uploads_without_end_is_asked_to_wait(pages, acme, monkeypatch):
    monkeypatch.setattr(hour_files, "MOST_IN_AN_HOUR", 2)
    for _time in range(2):
        pages.upload(GOOD, employer=acme)
    response = pages.send(GOOD, "hours.csv", acme)
    assert response.status_code == 429
    assert response.context["summary"][0][2] == "2 files were uploaded within an hour. Wait a while."
    assert HourFile.objects.count() == 2


def test_staff_choose_the_employer(client, priya, ana_at_acme, acme, django_capture_on_commit_callbacks):
    client.force_login(priya)
    hour_file = ImportPages(client, django_capture_on_commit_callbacks).checked(GOOD, employer=acme)
    assert hour_file.counts == {"accepted": 2}


# --- the file with its errors ----------------------------------------------------------------------------------


def test_the_file_comes_back_with_its_errors_is_repaired_there_and_loaded_again(pages, acme):
    hour_file = pages.checked(BAD, employer=acme)
    response = pages.get("import_errors", hour_file)
    assert response["Content-Disposition"] == 'attachment; filename="hours with errors.csv"'
    rows = list(csv_files.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row["Errors"][:28] for row in rows] == ["", "hours: found “eight”, expect"]
    repaired = response.content.decode("utf-8-sig").replace(",eight,", ",4,")
    again = pages.checked(repaired, employer=acme)
    assert again.counts == {"accepted": 2}


def test_no_cell_of_it_is_run_as_a_formula(pages, acme):
    evil = csv('T-0001,2026-03-02,A,x,"=HYPERLINK(""http://example.org"")",r-1', "@SUM(A1),2026-03-02,A,-1,,r-2")
    hour_file = pages.checked(evil, employer=acme)
    rows = list(csv_files.reader(io.StringIO(pages.get("import_errors", hour_file).content.decode("utf-8-sig"))))
    assert [rows[1][4], rows[2][0], rows[2][3]] == ['\'=HYPERLINK("http://example.org")', "'@SUM(A1)", "'-1"]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_a_workbook_comes_back_as_a_workbook_without_formulas(pages, acme):
    book = openpyxl.Workbook()
    for row in (["Badge", "Date", "Process", "Hours", "Notes"], ["T-0001", "2026-03-02", "A", 8, "fine"]):
        book.active.append(row)
    book.active.append(["T-0001", "2026-03-03", "A", 25, "x"])
    book.active["E3"] = "=1+1"
    book.active["E3"].data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    hour_file = pages.checked(stream.getvalue(), "hours.xlsx", employer=acme)
    response = pages.get("import_errors", hour_file)
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][-1] == "Errors"
    assert rows[1] == ["T-0001", "2026-03-02", "A", 8, "fine", None]
    assert (rows[2][4], rows[2][5][:20]) == ("'=1+1", "Hours: found “25”, e")
    again = pages.checked(response.content, "again.xlsx", employer=acme)
    assert pages.said(again) == pages.said(hour_file)


# --- lists -----------------------------------------------------------------------------------------------------


def test_lines_are_shown_fifty_at_a_time_by_what_becomes_of_them(pages, acme):
    lines = [f"T-0001,2026-03-{day:02},A,1,,r-{day}" for day in range(2, 9)] + ["T-0001,2026-03-02,A,x,,"] * 60
    hour_file = pages.checked(csv(*lines), employer=acme)
    page = pages.get("import_file", hour_file, "?page=2").context["page"]
    assert (page.paginator.count, len(page.object_list)) == (60, 10)
    page = pages.get("import_file", hour_file, "?show=accepted").context["page"]
    assert page.paginator.count == 7
    assert pages.get("import_file", hour_file, "?show=all&page=nonsense").context["page"].paginator.count == 67


def test_the_history_asks_the_database_as_often_for_one_file_as_for_twenty(pages, acme, django_assert_max_num_queries):
    for number in range(5):
        pages.upload(GOOD, f"{number}.csv", employer=acme)
    with django_assert_max_num_queries(16):
        response = pages.client.get(reverse("imports"))
    assert len(response.context["page"].object_list) == 5


def test_an_empty_history_says_what_comes_next(pages):
    assert b"No file was taken in yet." in pages.client.get(reverse("imports")).content


# --- whose files -----------------------------------------------------------------------------------------------


def test_a_colleague_sees_the_history_and_not_the_lines(pages, acme, client, priya):
    from_priya = ImportPages(client, pages.settled)
    client.force_login(priya)
    hour_file = from_priya.checked(BAD, employer=acme)
    client.logout()
    pages.client.force_login(acme.memberships.get().user)
    page = pages.get("import_file", hour_file)
    assert page.status_code == 200
    assert b"eight" not in page.content
    for name in ("import_columns", "import_words", "import_errors"):
        assert pages.get(name, hour_file).status_code == 403
    assert pages.act(hour_file, "take_in", partial="on").status_code == 403


@pytest.mark.parametrize("act", ["take_in", "check", "repair", "discard", "undo"])
def test_labor_and_auditors_read_the_history_and_do_nothing(pages, acme, lee, ada, act):
    hour_file = pages.checked(GOOD, employer=acme)
    pages.act(hour_file, "take_in")
    for user in (lee, ada):
        pages.client.force_login(user)
        assert b"hours.csv" in pages.client.get(reverse("imports")).content
        assert pages.get("import_file", hour_file).status_code == 200
        assert pages.act(hour_file, act).status_code == 403
        file = SimpleUploadedFile("hours.csv", GOOD.encode())
        assert pages.client.post(reverse("imports"), {"employer": acme.pk, "file": file}).status_code == 403


def test_a_stranger_cannot_tell_a_file_from_a_missing_one(pages, acme, oscar):
    hour_file = pages.checked(GOOD, employer=acme)
    pages.client.force_login(oscar)
    for name in ("import_file", "import_columns", "import_words", "import_errors", "import_progress"):
        assert pages.get(name, hour_file).status_code == 404
    assert pages.act(hour_file, "take_in").status_code == 404


# --- the work --------------------------------------------------------------------------------------------------


def test_a_page_that_watches_is_told_how_far_the_work_is(pages, acme):
    hour_file = pages.checked(GOOD, employer=acme)
    told = pages.get("import_progress", hour_file).json()
    assert told == {"at_work": False, "done": 2, "total": 2, "label": "Ready to be taken in"}


def test_while_the_work_goes_on_the_page_looks_again_by_itself_without_a_script_too(pages, acme, sam):
    hour_file = pages.upload(GOOD, employer=acme)
    run = Run.objects.create(kind="hour file check", queued_by=sam)
    HourFile.objects.filter(pk=hour_file.pk).update(state="READING", run=run)
    page = pages.get("import_file", hour_file).content.decode()
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert "js/imports.js" in page


def test_whoever_looks_at_a_file_whose_message_was_lost_has_it_taken_up(pages, acme):
    hour_file = pages.upload(GOOD, employer=acme)
    pages.name_columns(hour_file)
    pages.client.post(reverse("import_words", args=[hour_file.pk]))
    hour_file.refresh_from_db()
    assert hour_file.state == "READING"
    with pages.settled(execute=True):
        pages.get("import_file", hour_file)
    hour_file.refresh_from_db()
    assert hour_file.state == "PREVIEWED"
