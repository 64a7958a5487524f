"""A crew with hours in the week before, for stories about its grid."""

import json
from datetime import timedelta

from django.urls import reverse

from apprentices.actions import hours
from apprentices.actions.apprenticeships import register
from apprentices.actions.weeks import Cell, WeekToSave, save_weeks
from apprentices.models import Apprenticeship, HourEntry
from apprentices.tests.cast import apprentice_row
from apprentices.tests.weeks import MONDAY
from employers.models import WorkProcess

LAST_WEEK = MONDAY - timedelta(days=7)
NAMES = ("Ana", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gus", "Hope", "Ivan", "June")


def crew_of_ten(by, *, worked="8", process="A", days=5):
    """Ana, who is there already, and nine more at Acme; each with `worked` hours a day in the week before, approved."""
    rows = [
        apprentice_row(line=number, apprentice_ref=f"T-00{number:02d}", first_name=name, last_name="Xu", email="")
        for number, name in enumerate(NAMES[1:], 2)
    ]
    register(rows=rows, by=by)
    people = list(Apprenticeship.objects.select_related("employer").order_by("ref"))
    if worked:
        log(people, LAST_WEEK, {process: [worked] * days}, by=by)
    return people


def log(people, start, rows, *, by, decided=True):
    """Save weeks that start on `start`: {code: hours of the first days}; approved unless said otherwise."""
    keys = dict(WorkProcess.objects.filter(standards=people[0].standards).values_list("code", "pk"))
    cells = [
        Cell(keys[code], start + timedelta(days=number), text)
        for code, texts in rows.items()
        for number, text in enumerate(map(HourEntry._meta.get_field("hours").to_python, texts))
    ]
    outcomes = save_weeks(weeks=[WeekToSave(one, start, cells) for one in people], by=by)
    weeks = [outcome.timesheet.pk for outcome in outcomes]
    if decided:
        on = start + timedelta(days=7)
        hours.submit(timesheets=weeks, by=by, on=on)
        hours.approve(timesheets=weeks, by=by, on=on)
    return weeks


def crew_address(live_server, day=MONDAY):
    return live_server.url + reverse("crew_week", args=[day])


def claims(day=MONDAY):
    """{(reference, process, weekday): hours} of the week that starts on `day`."""
    entries = HourEntry.objects.filter(timesheet__week_starts_on=day)
    rows = entries.values_list("apprenticeship__ref", "work_process__code", "worked_on", "hours")
    return {(ref, code, on.weekday()): str(worked) for ref, code, on, worked in rows}


class Keyboard:
    """Presses keys and counts each one, those that are held down included."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def press(self, *names):
        for name in names:
            self.count += len(name.split("+"))
            self.page.keyboard.press(name)


def no_mouse(page):
    """From now on every pointer event of the page is counted; the returned function says how many there were."""
    script = """
      window.pointed = 0;
      for (const kind of ["pointerdown", "mousedown", "touchstart"])
        addEventListener(kind, () => window.pointed++, true);
    """
    page.add_init_script(script)
    return lambda: page.evaluate("window.pointed")


def cell(page, person, process, day):
    """The field of a person, a process and a day: cell(page, "Ana Xiong", "A. Safety", "Monday")."""
    return page.get_by_label(f"{person}, {process}, {day}")


def paste(page, text):
    """What the browser does with a block from a spreadsheet on the clipboard."""
    page.evaluate(
        f"""() => {{
          const data = new DataTransfer();
          data.setData("text/plain", {json.dumps(text)});
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", {{ clipboardData: data, bubbles: true, cancelable: true }}));
        }}"""
    )


def focused(page):
    """The label of what has the focus."""
    return page.evaluate("document.activeElement.getAttribute('aria-label') ?? ''")
