"""Which columns are which fields, and what is said where the names leave it open (contract: Files of hours, Header)."""

import pytest

from apprentices.files.hour_headers import NAMES, checked_mapping, find_columns, is_header, missing_header, recognized
from imt.sheets import Header, TableRefused

LIST = "Employee,Date,Process,Hours"
MATRIX = "Employee,Week Ending,Process,Mon,Tue,Wed,Thu,Fri,Sat,Sun"


def columns(text, **mapping):
    """{field: header text} of a header line."""
    cells = tuple(text.split(","))
    places, _kind = find_columns(Header(3, cells), mapping, "f.csv")
    return {field: cells[place] for field, place in places.items()}


def refusal(text, mapping=None):
    with pytest.raises(TableRefused) as caught:
        find_columns(Header(3, tuple(text.split(","))), mapping or {}, "f.csv")
    return str(caught.value)


@pytest.mark.parametrize(
    ("field", "name"),
    [
        (field, name)
        for field, names in NAMES.items()
        for name in names
        if field not in ("Mon", "week_ending", "total", "time_in", "time_out", "department")
    ],
)
def test_every_name_of_the_contract_is_recognized(field, name):
    others = {"apprentice_ref": "Badge", "worked_on": "Date", "work_process": "Process", "hours": "Hours"}
    is_of_a_week = field in ("Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    header = MATRIX.replace("Tue,Wed,Thu,Fri,Sat,Sun", "") if is_of_a_week else LIST
    header = ",".join(text for key, text in others.items() if key != field) if not is_of_a_week else header
    assert columns(f"{header},{name}")[field] == name


@pytest.mark.parametrize("name", ["Employee No.", "EMPLOYEE_NO", "employee no", " Employee#No ", "e.m.p.l.o.y.e.e No"])
def test_names_are_compared_without_case_blanks_underscores_number_signs_and_full_stops(name):
    assert columns(f"{name},Date,Process,Hours")["apprentice_ref"] == name


@pytest.mark.parametrize("name", ["Employee-No", "Employee Name", "Hours worked", "Tues", "Emp No"])
def test_other_names_are_not_recognized(name):
    assert name not in columns(f"{LIST},{name}").values()


# what is a header


@pytest.mark.parametrize(
    "text", [LIST, MATRIX, "Badge,Punch Date,Worked", "Badge,Mon", "ID,Date,Hours", "Week Ending,Badge,Saturday"]
)
def test_a_person_a_day_and_hours_make_a_header(text):
    assert is_header(text.split(","), {})


@pytest.mark.parametrize(
    "text", ["", "Acme TimeKeeper 9 export", "Badge,Date", "Badge,Hours", "Date,Hours", "Mon,Tue", "Badge,Week Ending"]
)
def test_less_makes_none(text):
    assert not is_header(text.split(","), {})


def test_mapped_names_make_a_header_too():
    assert is_header(["Wer", "Wann", "Wieviel"], {"Wer": "apprentice_ref", "Wann": "worked_on", "wieviel": "hours"})


# two names for one field


@pytest.mark.parametrize(
    ("header", "field", "winner"),
    [
        ("Employee,Employee #,Date,Process,Hours", "apprentice_ref", "Employee #"),
        ("Employee No,Employee,Date,Process,Hours", "apprentice_ref", "Employee No"),
        ("Badge,Employee ID,Date,Process,Hours", "apprentice_ref", "Employee ID"),
        ("Personalnummer,Badge ID,Date,Process,Hours", "apprentice_ref", "Badge ID"),
        ("Employee,Date,Job,Job Code,Hours", "work_process", "Job Code"),
        ("Employee,Date,Process,Task,Job #,Hours", "work_process", "Job #"),
        ("Employee,Date,Process,Hours,Reference,ID", "entry_ref", "ID"),
    ],
)
def test_the_one_that_identifies_wins(header, field, winner):
    assert columns(header)[field] == winner


@pytest.mark.parametrize(
    ("header", "field", "names"),
    [
        ("Employee,Badge,Date,Process,Hours", "apprentice_ref", ("Employee", "Badge")),
        ("Employee No,Badge ID,Date,Process,Hours", "apprentice_ref", ('"Employee No', '"Badge ID')),
        ("Employee,Date,Day,Process,Hours", "worked_on", ("Date", "Day")),
        ("Employee,Date,Process,Hours,Worked", "hours", ("Hours", "Worked")),
        ("Employee,Date,Process,Hours,Note,Comment", "note", ("Note", "Comment")),
        ("Employee,Date,Process,Hours,Pay Code,Earning Code", "pay_code", ('"Pay Code', '"Earning Code')),
        (f"{MATRIX},Monday", "Mon", ("Mon", "Monday")),
        (f"{MATRIX},Total,Week Total", "total", ("Total", '"Week Total')),
        (f"{MATRIX},WeekEndingDate", "week_ending", ('"Week Ending', "WeekEndingDate")),
    ],
)
def test_otherwise_the_refusal_names_both_ways_to_settle_it(header, field, names):
    message = refusal(header)
    assert message.startswith("f.csv, line 3: ")
    for name in names:
        assert f"--map {name}={field}" in message


def test_a_mapping_settles_which_of_two_columns_it_is():
    assert columns("Employee,Badge,Date,Process,Hours", Badge="apprentice_ref")["apprentice_ref"] == "Badge"


def test_two_columns_of_the_same_name_are_to_be_renamed():
    assert "several columns are called Hours. Rename" in refusal("Employee,Date,Process,Hours,Hours")


def test_two_columns_of_a_field_that_this_kind_of_file_has_not_do_not_matter():
    assert "worked_on" not in columns(f"{MATRIX},Date,Day,Hours,Worked")
    assert "total" not in columns(f"{LIST},Total,Total,Mon,Monday")


# id


def test_id_is_the_reference_beside_another_person_column():
    assert columns("ID,Employee,Date,Process,Hours") == {
        "apprentice_ref": "Employee",
        "worked_on": "Date",
        "work_process": "Process",
        "hours": "Hours",
        "entry_ref": "ID",
    }


def test_id_is_the_person_where_no_other_column_is():
    found = columns("ID,Date,Process,Hours,Reference")
    assert (found["apprentice_ref"], found["entry_ref"]) == ("ID", "Reference")


def test_id_is_the_reference_beside_a_mapped_person():
    found = columns("ID,Who,Date,Process,Hours", Who="apprentice_ref")
    assert (found["apprentice_ref"], found["entry_ref"]) == ("Who", "ID")


# list or matrix


def test_weekdays_with_the_end_of_the_week_are_a_matrix():
    places, kind = find_columns(Header(1, tuple(f"{MATRIX},Date,Hours,Total".split(","))), {}, "f.csv")
    assert kind == "matrix"
    assert set(places) == {*"apprentice_ref week_ending work_process Mon Tue Wed Thu Fri Sat Sun total".split()}


def test_some_weekdays_are_enough():
    assert columns("Employee,Week Ending,Process,Mon,Fri")["Fri"] == "Fri"


def test_days_with_hours_are_a_list_though_a_weekday_stands_beside_them():
    assert columns(f"{LIST},Sat")["worked_on"] == "Date"


# what is missing


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Employee,Date,Activity,Hours", "work_process"),
        ("Employee,Ends,Process,Mon,Tue", "week_ending"),
        ("Employee,Date,Process,Mon,Tue", "week_ending"),
    ],
)
def test_a_needed_column_that_is_missing_is_named_with_the_option_that_settles_it(header, field):
    message = refusal(header)
    assert f"--map COLUMN={field}" in message
    assert "f.csv, line 3" in message


def test_the_columns_that_are_left_are_offered():
    assert refusal("Employee,Date,Activity,Hours,Shift").endswith("COLUMN being one of: Activity, Shift.")
    assert refusal("Employee,Date,Hours").endswith("(no column is left).")


def test_without_a_header_the_nearest_line_is_spoken_of():
    tops = [
        [(1, ["Export"]), (3, ["Badge;Tag;Prozess;Stunden"])],
        [(1, ["Export"]), (3, ["Badge", "Tag", "Prozess", "Stunden"])],
    ]
    message = str(missing_header(tops, {}, "f.csv"))
    assert "f.csv, line 3: no column for worked_on" in message
    assert "--map COLUMN=worked_on, COLUMN being one of: Tag." in message


def test_without_any_name_the_needed_fields_are_told():
    message = str(missing_header([[(1, ["a", "b"])]], {}, "f.csv"))
    assert "apprentice_ref, worked_on, work_process, hours" in message
    assert "--map COLUMN=FIELD" in message


# mapping


def test_a_mapped_column_is_found_by_its_name_as_written_else_as_headers_are_compared():
    header = "Employee,Employee #,Date,Process,Hours"
    assert columns(header, employee="apprentice_ref")["apprentice_ref"] == "Employee"
    assert columns("Work Day,Badge,Process,Hours", workday="worked_on")["worked_on"] == "Work Day"


def test_a_mapped_column_is_no_longer_what_its_name_says():
    found = columns("Employee,Date,Process,Hours,Task,Worked", Task="note", Worked="hours")
    assert (found["work_process"], found["note"], found["hours"]) == ("Process", "Task", "Worked")


def test_a_mapped_column_that_is_not_there_is_refused():
    message = refusal(LIST, {"Nope": "note"})
    assert "--map names a column Nope; found are: Employee, Date, Process, Hours." in message


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"Tag": "workday"}, "--map names no field workday. The fields are: apprentice_ref, worked_on,"),
        ({"Tag": "worked_on", "Datum": "Worked_On"}, "--map gives worked_on to several columns"),
    ],
)
def test_a_mapping_to_no_field_or_twice_to_one_is_refused(mapping, message):
    with pytest.raises(TableRefused) as caught:
        checked_mapping(mapping, "f.csv")
    assert message in str(caught.value)


def test_fields_of_a_mapping_are_known_without_case():
    assert checked_mapping({"Montag": "mon", "Tag": " Worked_On "}, "f.csv") == {"Montag": "Mon", "Tag": "worked_on"}


# a punch list


@pytest.mark.parametrize(("time_in", "time_out"), [("In", "Out"), ("Clock In", "CLOCK_OUT"), ("Punch In", "Time Out")])
def test_a_column_of_ins_and_one_of_outs_make_a_punch_list(time_in, time_out):
    header = Header(1, ("Badge", time_in, time_out, "Department"))
    assert is_header(header.cells, {})
    places, kind = find_columns(header, {}, "f.csv")
    assert (places, kind) == ({"apprentice_ref": 0, "time_in": 1, "time_out": 2, "work_process": 3}, "punches")


def test_a_process_goes_before_the_department_of_a_punch_list():
    assert columns("Badge,In,Out,Department,Job Code")["work_process"] == "Job Code"


def test_hours_go_before_punches():
    assert find_columns(Header(1, ("Badge", "Date", "In", "Out", "Hours", "Process")), {}, "f.csv")[1] == "list"


def test_a_list_has_no_department_for_a_process():
    assert "no column for work_process" in refusal("Badge,Date,Hours,Department")


def test_overtime_is_only_what_somebody_names_so():
    header = "Employee,Date,Process,Hours,OT"
    assert "overtime" not in columns(header)
    assert columns(header, OT="overtime")["overtime"] == "OT"


def test_a_column_can_be_left_out_whatever_its_name_says():
    assert "note" not in columns(f"{LIST},Notes", Notes="")
    assert recognized(("Employee", "Notes"), {"Notes": ""}) == {0: "apprentice_ref"}
