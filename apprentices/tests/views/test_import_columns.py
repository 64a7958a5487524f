"""What the columns of an uploaded file are, and what its badges and job codes mean."""

import pytest

from apprentices.models import HourFileShape, HourFileWord
from apprentices.tests.files_of_hours import csv, entries
from apprentices.tests.views.import_pages import BAD
from employers.models import Badge

pytestmark = pytest.mark.django_db
ODD = "Wer,Wann,Was,Wie lange\nT-0001,2026-03-02,A,8\n"
ODD_COLUMNS = {"Wer": "apprentice_ref", "Wann": "worked_on", "Was": "work_process", "Wie lange": "hours"}


def test_columns_with_other_names_are_named_by_hand_and_remembered(pages, acme):
    hour_file = pages.upload(ODD, employer=acme)
    form = pages.get("import_columns", hour_file).context["form"]
    data = {f"column-{place}": field for place, field in enumerate(ODD_COLUMNS.values())}
    pages.post("import_columns", hour_file, data | {"dates": "mdy", "remember_as": "Clock at gate 2", "line": 1})
    pages.settle(hour_file)
    assert [column for _field, column, _cells in form.rows()] == list(ODD_COLUMNS)
    assert hour_file.counts == {"accepted": 1}
    again = pages.upload(ODD.replace("8", "7"), employer=acme)
    assert again.columns == ODD_COLUMNS
    assert HourFileShape.objects.get(employer=acme).name == "Clock at gate 2"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"Was": ""}, "No column is “Work process, job code or department”. Say which one."),
        ({"Was": "hours"}, "Two columns are “Hours”. Keep one."),
    ],
)
def test_what_the_columns_leave_open_is_said_in_words(pages, acme, changes, said):
    hour_file = pages.upload(ODD, employer=acme)
    response = pages.name_columns(hour_file, **ODD_COLUMNS | changes)
    assert said in [text for _id, _label, text in response.context["summary"]]


def test_the_line_of_the_header_can_be_pointed_at(pages, acme):
    hour_file = pages.upload("Acme,plant,one,of,two,halls\n" + ODD, employer=acme)
    pages.name_columns(hour_file, "?line=2", **ODD_COLUMNS)
    pages.settle(hour_file)
    assert pages.said(hour_file) == {3: "accepted"}


def test_a_preset_fills_the_columns_in(pages, acme):
    file = "EE Code,Work Date,Hours,Labor Allocation\nT-0001,2026-03-02,8,A\n"
    hour_file = pages.upload(file, employer=acme)
    shape = HourFileShape.objects.get(name="Paycom", employer=None)
    form = pages.get("import_columns", hour_file, f"?shape={shape.pk}").context["form"]
    assert [form[f"column-{place}"].initial for place in range(4)] == [
        "apprentice_ref",
        "worked_on",
        "hours",
        "work_process",
    ]
    assert hour_file.columns["EE Code"] == "apprentice_ref"


def test_other_columns_throw_repairs_away_that_were_made_for_the_old_ones(pages, acme):
    hour_file = pages.checked(BAD, employer=acme)
    pages.act(hour_file, "repair", **{"cell-3": "4"})
    pages.name_columns(hour_file, note="")
    hour_file.refresh_from_db()
    assert (hour_file.repairs, hour_file.state) == ({}, "UPLOADED")


CLOCK = csv("1042,2026-03-02,WELD,8,,", "1042,2026-03-03,WELD,8,,", "9999,2026-03-02,A,8,,", "T-0001,2026-03-04,A,8,,")


def test_badges_and_job_codes_are_listed_once_each_with_the_most_frequent_first(pages, acme):
    hour_file = pages.upload(CLOCK, employer=acme)
    words = pages.get("import_words", hour_file).context["form"].words
    assert [(word.field, word.written, word.lines, word.first_line) for word in words] == [
        ("apprentice_ref", "1042", 2, 2),
        ("apprentice_ref", "9999", 1, 4),
        ("work_process", "WELD", 2, 2),
    ]


def test_what_badges_and_job_codes_mean_is_remembered_for_the_next_file(pages, acme):
    words = {"1042": "T-0001", "9999": "-", "WELD": "B"}
    hour_file = pages.checked(CLOCK, employer=acme, **words)
    assert pages.said(hour_file) == {2: "accepted", 3: "accepted", 4: "skipped", 5: "accepted"}
    again = pages.checked(CLOCK, employer=acme)
    assert pages.said(again) == pages.said(hour_file)
    assert HourFileWord.objects.count() == 3
    pages.act(again, "take_in")
    assert [(day, process) for day, process, *_rest in entries()] == [
        ("2026-03-02", "B"),
        ("2026-03-03", "B"),
        ("2026-03-04", "A"),
    ]


def test_words_that_are_not_settled_are_errors_of_their_lines(pages, acme):
    hour_file = pages.checked(CLOCK, employer=acme, **{"1042": "T-0001"})
    assert pages.said(hour_file) == {
        2: "error:work_process",
        3: "error:work_process",
        4: "error:apprentice_ref",
        5: "accepted",
    }


def test_the_words_of_an_employer_mean_nothing_elsewhere(pages, acme, oscar, bea, django_capture_on_commit_callbacks):
    pages.checked(CLOCK, employer=acme, **{"1042": "T-0001"})
    pages.client.force_login(oscar)
    other = oscar.employer_memberships.get().employer
    hour_file = pages.upload(csv("1042,2026-03-02,A,8,,"), employer=other)
    assert [word.written for word in pages.get("import_words", hour_file).context["form"].words] == ["1042"]


def test_the_number_of_a_badge_is_known_too(pages, acme, ana, ana_at_acme):
    Badge.objects.create(employer=acme, number="1042", user=ana, from_on="2026-01-05")
    hour_file = pages.checked(csv("1042,2026-03-02,A,8,,"), employer=acme)
    assert hour_file.counts == {"accepted": 1}


def test_a_punch_list_is_taken_in_with_its_departments(pages, acme):
    file = "Badge,Date,In,Out,Department\n1042,2026-03-02,7:00,11:00,Weld\n1042,2026-03-02,11:30,15:00,Weld\n"
    hour_file = pages.checked(file, "punches.csv", employer=acme, **{"1042": "T-0001", "Weld": "B"})
    pages.act(hour_file, "take_in")
    assert entries() == [("2026-03-02", "B", "7.50", "", "")]
