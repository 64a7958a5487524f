"""The files that foremen and time clocks export get the same answers through the browser as from the command."""

import pytest

from apprentices.models import HourEntry, HourFile
from apprentices.tests.actions.test_hours_import_examples import EXPORTS, IMPORTS, by, labels, said  # noqa: F401
from apprentices.tests.files_of_hours import everything, take
from apprentices.tests.views.import_pages import ImportPages
from employers.models import Employer
from imt.accounts.actions import create_person

FILES = [*EXPORTS, "hours_bad.csv", "hours_again.csv"]


@pytest.fixture
def pages(by, client, django_capture_on_commit_callbacks):  # noqa: F811
    """The pages as staff sees them, in the program of the examples."""
    staff = create_person(name="Priya", email="priya@example.org", password="not needed", is_staff=True, by=by)
    client.force_login(staff)
    return ImportPages(client, django_capture_on_commit_callbacks)


def checked(pages, name):
    employer = Employer.objects.get(name="Milwaukee Gear")
    return pages.checked((IMPORTS / name).read_bytes(), name, employer=employer)


def claimed(file_name):
    rows = HourEntry.objects.filter(batch__file_name=file_name).order_by("worked_on", "work_process", "entry_ref")
    values = ("apprenticeship__ref", "worked_on", "work_process__code", "hours", "note", "entry_ref")
    return sorted(rows.values_list(*values))


@pytest.mark.parametrize("name", FILES)
def test_each_line_is_answered_as_the_command_answers_it(pages, by, name):  # noqa: F811
    preview = pages.said(checked(pages, name))
    assert preview == said(take(IMPORTS / name, name=name, by=by, dry_run=True))
    if name.startswith("hours_"):
        assert preview == labels(name.removesuffix(".csv"))


@pytest.mark.parametrize("name", FILES)
def test_what_is_taken_in_is_what_the_command_takes_in(pages, by, name):  # noqa: F811
    pages.act(checked(pages, name), "take_in", partial="on", approve="on")
    through_browser = claimed(name)
    pages.act(HourFile.objects.get(), "undo")
    assert take(IMPORTS / name, name=f"command-{name}", by=by, partial=True, approve=True).taken.counts
    assert [row[:-1] for row in claimed(f"command-{name}")] == [row[:-1] for row in through_browser]
    assert through_browser


@pytest.mark.parametrize("name", FILES)
def test_the_same_file_twice_changes_nothing(pages, name):
    pages.act(checked(pages, name), "take_in", partial="on", approve="on")
    before = everything()[:4]
    again = checked(pages, name)
    assert not {"accepted", "changed"} & set(again.counts)
    pages.act(again, "take_in", partial="on", approve="on")
    assert everything()[:4] == before
