"""The crew's week, as a foreman logs it: by keyboard, from a spreadsheet, beside somebody else, without a script."""

from datetime import timedelta

import pytest
from django.urls import reverse

from apprentices.actions import hours
from apprentices.models import Timesheet, TypedWeek
from apprentices.tests.weeks import DECIDED_ON, MONDAY
from imt.tests.browser.crews import (
    LAST_WEEK,
    NAMES,
    Keyboard,
    cell,
    claims,
    crew_address,
    crew_of_ten,
    focused,
    log,
    no_mouse,
    paste,
)
from imt.tests.browser.rooms import complaints_of, enter, sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = [1280, 360]
A, B = "A. Safety", "B. Set-up"


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.DEMO = True


@pytest.fixture
def crew(ana_at_acme, sam, priya):
    return crew_of_ten(priya)


@pytest.fixture(params=WIDTHS)
def grid(request, page, live_server, crew, sam, refused):
    """The crew's page of MONDAY's week, freshly opened by Sam; nothing may be complained about in the end."""
    page.set_viewport_size({"width": request.param, "height": 800})
    enter(page, live_server, sam)
    page.goto(crew_address(live_server))
    page.wait_for_selector("[role=grid]")
    yield page
    assert refused == []


def test_a_week_for_ten_apprentices_takes_at_most_forty_key_presses(browser, live_server, crew, sam):
    page = browser.new_context().new_page()
    pointed = no_mouse(page)
    enter(page, live_server, sam)
    page.goto(crew_address(live_server))
    page.wait_for_selector("[role=grid]")
    keys = Keyboard(page)
    keys.press("Alt+Shift+C")
    page.get_by_text("Copied from last week: 50 cells.").wait_for()
    page.wait_for_selector("[role=grid]")
    # Ana Tuesday 7, Ben Thursday 6, Dan Wednesday 4, Finn Friday 9, Hope Monday 5, June Wednesday 3
    keys.press("ArrowRight", "7")
    keys.press("ArrowDown", "ArrowRight", "ArrowRight", "6")
    keys.press("ArrowDown", "ArrowDown", "ArrowLeft", "4")
    keys.press("ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "9")
    keys.press("ArrowDown", "ArrowDown", "Home", "5")
    keys.press("ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "3")
    keys.press("Control+Enter")
    page.get_by_text("10 weeks submitted: they wait for a decision.").wait_for()
    assert keys.count <= 40
    assert pointed() == 0
    found = claims()
    assert len(found) == 50
    changed = {key: worked for key, worked in found.items() if worked != "8.00"}
    assert changed == {
        ("T-0001", "A", 1): "7.00",
        ("T-0002", "A", 3): "6.00",
        ("T-0004", "A", 2): "4.00",
        ("T-0006", "A", 4): "9.00",
        ("T-0008", "A", 0): "5.00",
        ("T-0010", "A", 2): "3.00",
    }
    assert set(Timesheet.objects.filter(week_starts_on=MONDAY).values_list("state", flat=True)) == {"SUBMITTED"}
    page.context.close()


def test_rows_of_the_last_four_weeks_are_there_already(grid):
    assert grid.get_by_label(", Monday, March 2").count() == 10


def test_the_grid_is_one_tab_stop_and_the_arrows_move_in_it(grid):
    assert grid.locator("[data-grid] [tabindex='0']").count() == 1
    cell(grid, "Ana Xiong", A, "Monday").focus()
    for key, label in (
        ("ArrowRight", "Ana Xiong, A. Safety, Tuesday, March 3"),
        ("ArrowDown", "Ben Xu, A. Safety, Tuesday, March 3"),
        ("End", "Ben Xu, A. Safety, Sunday, March 8"),
        ("Home", "Ben Xu, A. Safety, Monday, March 2"),
        ("Control+End", "June Xu, A. Safety, Sunday, March 8"),
        ("ArrowUp", "Ivan Xu, A. Safety, Sunday, March 8"),
        ("Control+Home", "Ana Xiong, A. Safety, Monday, March 2"),
        ("Enter", "Ben Xu, A. Safety, Monday, March 2"),
        ("Shift+Enter", "Ana Xiong, A. Safety, Monday, March 2"),
        ("ArrowUp", "Ana Xiong, A. Safety, Monday, March 2"),
    ):
        grid.keyboard.press(key)
        assert focused(grid) == label, key
    grid.keyboard.press("Tab")
    assert grid.evaluate("document.activeElement.id") == "id_add_row_for"
    grid.keyboard.press("Shift+Tab")
    assert focused(grid) == "Ana Xiong, A. Safety, Monday, March 2"


def test_typing_replaces_escape_brings_back_and_f2_edits_letter_by_letter(grid):
    field = cell(grid, "Ana Xiong", A, "Monday")
    field.focus()
    grid.keyboard.type("8")
    grid.keyboard.press("ArrowRight")
    assert field.input_value() == "8.00"
    grid.keyboard.press("ArrowLeft")
    grid.keyboard.type("45")
    grid.keyboard.press("Escape")
    assert field.input_value() == "8.00"
    grid.keyboard.type("7")
    grid.keyboard.press("Enter")
    assert field.input_value() == "7.00"
    grid.keyboard.press("Shift+Enter")
    grid.keyboard.press("F2")
    grid.keyboard.press("ArrowLeft")
    grid.keyboard.press("Backspace")
    grid.keyboard.type("5")
    assert field.input_value() == "7.50"
    assert focused(grid).startswith("Ana Xiong, A. Safety, Monday")


@pytest.mark.parametrize(("typed", "shown"), [("8,5", "8.50"), ("8:30", "8.50"), ("2h30m", "2.50"), ("90m", "1.50")])
def test_any_notation_is_shown_back_with_two_places(page, live_server, crew, sam, typed, shown):
    enter(page, live_server, sam)
    page.goto(crew_address(live_server))
    page.wait_for_selector("[role=grid]")
    cell(page, "Ana Xiong", A, "Monday").focus()
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    assert cell(page, "Ana Xiong", A, "Monday").input_value() == shown


def test_the_totals_of_row_day_and_week_follow_and_are_said(grid):
    cell(grid, "Ana Xiong", A, "Monday").focus()
    grid.keyboard.type("8")
    grid.keyboard.press("ArrowRight")
    grid.keyboard.type("7:30")
    grid.keyboard.press("Enter")
    row = grid.locator("tbody tr").first
    assert row.locator("[data-total=row]").text_content() == "15.50"
    assert grid.locator("tfoot [data-total=day]").nth(1).text_content() == "7.50"
    assert grid.locator("[data-total=week]").text_content() == "15.50"
    assert grid.locator("[data-live]").text_content() == "Row 15.50, day 7.50, week 15.50 hours"


def test_a_block_of_ten_by_seven_from_a_spreadsheet_fills_the_grid_and_is_one_undo(grid):
    block = "\r\n".join("\t".join(["8", "8,5", "7:30", "", "2h30m", "90m", "0"]) for _row in NAMES) + "\r\n"
    cell(grid, "Ana Xiong", A, "Monday").focus()
    paste(grid, block)
    assert cell(grid, "June Xu", A, "Wednesday").input_value() == "7.50"
    assert grid.locator("[data-total=week]").text_content() == "280.00"
    grid.get_by_text("70 cells pasted.").first.wait_for()
    grid.keyboard.press("Control+z")
    assert grid.locator("[data-total=week]").text_content() == "0.00"
    assert cell(grid, "June Xu", A, "Wednesday").input_value() == ""
    paste(grid, block)
    grid.get_by_role("button", name="Save drafts").click()
    grid.get_by_text("10 weeks saved.").wait_for()
    assert len(claims()) == 50
    assert claims()["T-0010", "A", 5] == "1.50"


def test_bad_cells_of_a_block_are_marked_and_kept_and_what_falls_outside_is_told(grid, refused):
    cell(grid, "June Xu", A, "Saturday").focus()
    paste(grid, "eight\t25\t4\n1\t2\t3")
    assert cell(grid, "June Xu", A, "Saturday").input_value() == "eight"
    assert grid.get_by_text("“eight” is not hours.").count() == 1
    assert grid.get_by_text("“25”: hours of a day are above 0").count() == 1
    grid.get_by_text("4 values fell outside or on closed cells").first.wait_for()
    assert violations(grid) == []
    refused.clear()  # axe tries a style or two
    cell(grid, "Ana Xiong", A, "Monday").fill("8")
    grid.get_by_role("button", name="Save drafts").click()
    grid.get_by_text("1 week saved.").wait_for()
    assert claims() == {("T-0001", "A", 0): "8.00"}
    assert cell(grid, "June Xu", A, "Saturday").input_value() == "eight"
    assert "error-summary" in grid.evaluate("document.activeElement.className")


def test_copying_fills_empty_days_alone_saves_nothing_and_never_doubles(grid, crew, sam):
    log(crew[:1], MONDAY, {"B": ["4"]}, by=sam, decided=False)
    grid.reload()
    cell(grid, "Ben Xu", A, "Tuesday").fill("3")
    for _time in range(2):
        grid.get_by_role("button", name="Copy last week").click()
        grid.wait_for_load_state()
        assert cell(grid, "Ana Xiong", A, "Monday").input_value() == ""
        assert cell(grid, "Ana Xiong", A, "Tuesday").input_value() == "8.00"
        assert cell(grid, "Ben Xu", A, "Tuesday").input_value() in ("3", "3.00")
        assert cell(grid, "June Xu", A, "Saturday").input_value() == ""
    assert claims() == {("T-0001", "B", 0): "4.00"}


def test_an_apprentice_may_have_several_rows_of_processes(grid):
    grid.get_by_label("Another work process for").select_option(label="Cleo Xu")
    grid.get_by_role("button", name="Add a row").click()
    grid.get_by_label("Cleo Xu, New row: Work process").select_option(label=B)
    grid.get_by_label("Cleo Xu, New row, Monday").fill("2")
    cell(grid, "Cleo Xu", A, "Monday").fill("6")
    grid.get_by_role("button", name="Save drafts").click()
    grid.get_by_text("1 week saved.").wait_for()
    assert claims() == {("T-0003", "A", 0): "6.00", ("T-0003", "B", 0): "2.00"}
    assert cell(grid, "Cleo Xu", B, "Monday").input_value() == "2.00"


def test_a_row_without_a_process_is_asked_for_one_and_keeps_its_hours(grid, refused):
    grid.get_by_label("Another work process for").select_option(label="Cleo Xu")
    grid.get_by_role("button", name="Add a row").click()
    grid.get_by_label("Cleo Xu, New row, Monday").fill("2")
    grid.get_by_role("button", name="Save drafts").click()
    grid.get_by_text("Choose a work process for these hours.").first.wait_for()
    assert grid.get_by_label("Cleo Xu, New row, Monday").input_value() in ("2", "2.00")
    assert violations(grid) == []
    refused.clear()


def test_picked_weeks_alone_are_submitted(grid):
    for person in ("Ana Xiong", "Ben Xu", "Cleo Xu"):
        cell(grid, person, A, "Monday").fill("8")
    grid.get_by_label("Pick Ben Xu").check()
    grid.get_by_role("button", name="Save and submit the picked weeks").click()
    grid.get_by_text("1 week submitted: it waits for a decision.").wait_for()
    states = dict(Timesheet.objects.filter(week_starts_on=MONDAY).values_list("apprenticeship__ref", "state"))
    assert states == {"T-0001": "DRAFT", "T-0002": "SUBMITTED", "T-0003": "DRAFT"}


def test_the_second_of_two_editors_sees_both_versions_and_overwrites_nothing_unseen(grid, crew, priya, refused):
    cell(grid, "Ana Xiong", A, "Monday").fill("6")
    cell(grid, "Ben Xu", A, "Monday").fill("7")
    log(crew[:1], MONDAY, {"A": ["4", "4"]}, by=priya, decided=False)
    grid.get_by_role("button", name="Save drafts").click()
    grid.get_by_text("Somebody else changed this week meanwhile").wait_for()
    assert [text for text in refused if "409" not in text] == []
    refused.clear()  # the browser notes the 409
    assert cell(grid, "Ana Xiong", A, "Monday").input_value() in ("6", "6.00")
    assert grid.get_by_text("now 4.00 (Priya)").count() == 1
    assert cell(grid, "Ana Xiong", A, "Tuesday").input_value() == "4.00"
    assert claims() == {("T-0001", "A", 0): "4.00", ("T-0001", "A", 1): "4.00", ("T-0002", "A", 0): "7.00"}
    assert violations(grid) == []
    refused.clear()
    grid.get_by_role("button", name="Save drafts").click()
    grid.get_by_text("1 week saved.").wait_for()
    assert claims()["T-0001", "A", 0] == "6.00"
    assert claims()["T-0001", "A", 1] == "4.00"


def test_decided_days_are_read_only_while_the_rest_saves(grid, crew, priya):
    log(crew[:1], MONDAY, {"A": ["8"]}, by=priya)
    grid.reload()
    assert cell(grid, "Ana Xiong", A, "Monday").count() == 0
    cell(grid, "Ana Xiong", A, "Tuesday").fill("5")
    grid.get_by_role("button", name="Save drafts").click()
    grid.get_by_text("1 week saved.").wait_for()
    assert claims() == {("T-0001", "A", 0): "8.00", ("T-0001", "A", 1): "5.00"}


def test_what_is_typed_into_a_week_that_waits_meanwhile_is_shown_not_lost(grid, crew, priya, refused):
    cell(grid, "Ana Xiong", A, "Monday").fill("6")
    weeks = log(crew[:1], MONDAY, {"B": ["4"]}, by=priya, decided=False)
    hours.submit(timesheets=weeks, by=priya, on=DECIDED_ON)
    grid.get_by_role("button", name="Save drafts").click()
    grid.get_by_text("What you typed is not saved.").wait_for()
    grid.get_by_text("Ana Xiong, A. Safety, Monday, March 2: 6").wait_for()
    assert [text for text in refused if "409" not in text] == []
    refused.clear()


def test_without_a_script_the_grid_is_a_plain_form(browser, live_server, crew, sam):
    page = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800}).new_page()
    enter(page, live_server, sam)
    page.goto(crew_address(live_server))
    page.get_by_role("button", name="Copy last week").click()
    cell(page, "Ana Xiong", A, "Monday").fill("7,5")
    cell(page, "Ben Xu", A, "Monday").fill("eight")
    page.get_by_role("button", name="Save and submit all").click()
    page.get_by_text("Please look at this again").wait_for()
    page.get_by_text("9 weeks submitted: they wait for a decision.").wait_for()
    assert cell(page, "Ben Xu", A, "Monday").input_value() == "eight"
    cell(page, "Ben Xu", A, "Monday").fill("8")
    page.get_by_role("button", name="Save and submit all").click()
    page.get_by_text("1 week submitted: it waits for a decision.").wait_for()
    assert claims()["T-0001", "A", 0] == "7.50"
    assert not TypedWeek.objects.exists()
    page.context.close()


@pytest.mark.parametrize("width", [1280, 360, 320])
def test_every_state_of_the_grid_is_accessible_and_fits(browser, live_server, crew, sam, lee, priya, width):
    log(crew[:1], MONDAY, {"A": ["8"]}, by=priya)
    weeks = log(crew[1:2], MONDAY, {"A": ["8"]}, by=priya, decided=False)
    hours.submit(timesheets=weeks, by=priya, on=DECIDED_ON)
    found, complaints = [], []
    for user in (sam, lee):
        context = browser.new_context(viewport={"width": width, "height": 800})
        page = context.new_page()
        complaints_of(page, complaints)
        enter(page, live_server, user)
        for address in (
            reverse("crew_week", args=[MONDAY]),
            reverse("crew_week", args=[LAST_WEEK - timedelta(days=7)]),
            reverse("week", args=[MONDAY, "T-0001"]),
            reverse("week", args=[MONDAY, "T-0003"]),
        ):
            page.goto(live_server.url + address)
            page.wait_for_load_state("networkidle")
            found += [f"{address}: {text}" for text in complaints + violations(page)]
            if sideways(page) > 0:
                found.append(f"{address}: {sideways(page)} pixels too wide")
            complaints.clear()  # axe itself tries a style or two
        context.close()
    assert found == []


def test_a_page_whose_rows_scroll_ends_where_its_content_ends(grid, crew, priya):
    log(crew, LAST_WEEK - timedelta(days=7), {"B": ["8"]}, by=priya)
    grid.set_viewport_size({"width": grid.viewport_size["width"], "height": 400})
    grid.reload()
    grid.wait_for_selector("[role=grid]")
    assert cell(grid, "June Xu", B, "Monday").count() == 1
    shown, content = grid.evaluate(
        "[document.documentElement.scrollHeight, Math.ceil(document.body.getBoundingClientRect().height)]"
    )
    assert shown <= content
