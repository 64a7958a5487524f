"""A file of hours, as a supervisor takes it in: uploaded, its columns and words settled, repaired, taken in, undone."""

import pytest
from django.urls import reverse

from apprentices.models import HourEntry, HourFile, LedgerLine
from imt.tests.browser.rooms import complaints_of, enter, sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = pytest.mark.parametrize("width", [1280, 360])
CLOCK = (
    "Clock no,Shift day,Hall,Time worked\n"
    "1042,2026-03-02,WELD,8\n"
    "1042,2026-03-03,WELD,eight\n"
    "1042,2026-03-04,A,4:30\n"
    "9999,2026-03-04,A,8\n"
)


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.DEMO = True


def upload(page, live_server, content=CLOCK, name="clock.csv"):
    page.goto(live_server.url + reverse("imports"))
    page.get_by_label("File of hours").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    )
    page.get_by_role("button", name="Upload and look at it").click()


def name_columns(page):
    for column, field in (
        ("Clock no", "Person (reference or badge)"),
        ("Shift day", "Day"),
        ("Hall", "Work process, job code or department"),
        ("Time worked", "Hours"),
    ):
        page.get_by_label(f"Column {column}").select_option(label=field)
    page.get_by_label("Remember these columns as").fill("Clock at the gate")
    page.get_by_role("button", name="These are the columns").click()


def settle_words(page):
    page.get_by_label("1042").select_option(label="Ana Xiong (T-0001)")
    page.get_by_label("9999").select_option(label="no apprentice: pass the lines over")
    page.get_by_label("WELD").select_option(label="B. Set-up")
    page.get_by_role("button", name="Check the file").click()


def walk(page, live_server, look):
    """The whole way of a file; `look()` is called on every page of it."""
    upload(page, live_server)
    page.get_by_role("heading", name="What are the columns?").wait_for()
    look()
    name_columns(page)
    page.get_by_role("heading", name="Whose badges, which job codes?").wait_for()
    look()
    settle_words(page)
    page.get_by_role("heading", name="1 line is wrong").wait_for()
    look()
    page.get_by_label("Repair line 3, column Time worked").fill("7,5")
    page.get_by_role("button", name="Check again with these repairs").click()
    page.get_by_role("heading", name="Every line is good").wait_for()
    look()
    page.get_by_label("Approve the hours, too").check()
    page.get_by_role("button", name="Take in all 3 lines").click()
    page.get_by_role("heading", name="Taken in and approved").wait_for()
    look()
    assert [str(hours) for hours in LedgerLine.objects.values_list("hours", flat=True)] == ["8.00", "7.50", "4.50"]
    page.get_by_role("button", name="Undo the whole import").click()
    page.get_by_text("Every total is what it was before").wait_for()
    look()
    assert sum(LedgerLine.objects.values_list("hours", flat=True)) == 0
    page.get_by_role("link", name="Imports").first.click()
    page.get_by_role("link", name="clock.csv").wait_for()
    look()


@WIDTHS
def test_a_file_of_a_time_clock_is_mapped_repaired_taken_in_and_undone(page, live_server, ana_at_acme, sam, width):
    found, complaints = [], []
    complaints_of(page, complaints)
    page.set_viewport_size({"width": width, "height": 800})

    def look():
        found.extend(complaints)
        found.extend(f"{page.url}: {text}" for text in violations(page))
        if sideways(page) > 0:
            found.append(f"{page.url}: {sideways(page)} pixels too wide")
        complaints.clear()  # axe itself tries a style or two

    enter(page, live_server, sam)
    walk(page, live_server, look)
    assert found == []


@WIDTHS
def test_the_same_without_scripts(browser, live_server, ana_at_acme, sam, width):
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 800})
    page = context.new_page()
    enter(page, live_server, sam)
    walk(page, live_server, lambda: None)
    context.close()


def test_the_second_file_of_the_same_clock_needs_no_columns_and_no_words(page, live_server, ana_at_acme, sam):
    enter(page, live_server, sam)
    upload(page, live_server)
    name_columns(page)
    settle_words(page)
    page.get_by_role("heading", name="1 line is wrong").wait_for()
    upload(page, live_server, CLOCK.replace("eight", "8"), "next week.csv")
    page.get_by_text("Everybody and every work process of this file is known.").wait_for()
    page.get_by_role("button", name="Check the file").click()
    page.get_by_role("heading", name="Every line is good").wait_for()


def test_a_file_that_cannot_be_read_takes_the_focus_to_the_reason(page, live_server, ana_at_acme, sam, refused):
    enter(page, live_server, sam)
    upload(page, live_server, "%PDF-1.7", "hours.pdf")
    page.get_by_role("alert").get_by_text("is a PDF").wait_for()
    assert page.evaluate("document.activeElement.className").startswith("alert")
    assert violations(page) == []
    assert refused == []


def test_the_page_shows_the_result_as_soon_as_the_work_is_done(page, live_server, ana_at_acme, sam, refused):
    enter(page, live_server, sam)
    upload(page, live_server)
    name_columns(page)
    settle_words(page)
    page.get_by_role("heading", name="1 line is wrong").wait_for()
    HourFile.objects.update(state="READING")  # its run is done: nobody takes it up
    page.reload()
    page.get_by_role("heading", name="The file is being checked").wait_for()
    assert violations(page) == []
    refused.clear()
    HourFile.objects.update(state="PREVIEWED")
    page.get_by_role("heading", name="1 line is wrong").wait_for()
    assert refused == []
    assert not HourEntry.objects.exists()


@WIDTHS
def test_the_file_with_its_errors_is_downloaded(page, live_server, ana_at_acme, sam, width, tmp_path):
    page.set_viewport_size({"width": width, "height": 800})
    enter(page, live_server, sam)
    upload(page, live_server)
    name_columns(page)
    settle_words(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download with its errors").click()
    download.value.save_as(tmp_path / "errors.csv")
    lines = (tmp_path / "errors.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].endswith(",Errors")
    assert "found “eight”" in lines[2]


@WIDTHS
def test_payroll_is_loaded_and_a_difference_settled(page, live_server, ana_at_acme, sam, refused, width):
    page.set_viewport_size({"width": width, "height": 800})
    enter(page, live_server, sam)
    page.goto(live_server.url + reverse("payroll"))
    content = b"apprentice_ref,week,hours\nT-0001,2026-03-02,40\n"
    file = {"name": "payroll.csv", "mimeType": "text/csv", "buffer": content}
    page.get_by_label("Payroll totals").set_input_files(file)
    page.get_by_role("button", name="Load", exact=True).click()
    page.get_by_text("+40.00 h").wait_for()
    assert violations(page) == []
    page.get_by_label("Why they differ: Ana Xiong, week of March 2").fill("On leave, paid")
    page.get_by_role("button", name="Settle: Ana Xiong, week of March 2").click()
    page.get_by_text("On leave, paid").wait_for()
    assert sideways(page) <= 0
