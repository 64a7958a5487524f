"""The readers of the program's simple files: one clean row each, and every wrong cell by line and column."""

import io
from datetime import date
from decimal import Decimal

import pytest

from apprentices.files.apprentices import read_apprentices
from apprentices.files.competencies import read_competencies
from apprentices.files.credentials import read_credentials
from apprentices.files.credits import read_credits
from apprentices.files.instruction import read_instruction
from apprentices.files.opening import read_opening
from apprentices.rules.rows import ApprenticeRow, CredentialRow, CreditRow, InstructionRow, OpeningRow, SignOffRow
from imt.sheets import TableRefused

APPRENTICES = (
    "apprentice_ref,first_name,last_name,email,date_of_birth,employer,employer_state,sponsor,cohort,job_title,"
    "registered_on,status,status_on,status_reason,sex,ethnicity,race,veteran,disability,journeyworker_rate"
)


def read(reader, text):
    return reader(io.BytesIO(text.encode()), "file.csv")


def one_row(reader, text):
    rows, errors = read(reader, text)
    assert errors == []
    (row,) = rows
    return row


def wrong_fields(reader, text):
    rows, errors = read(reader, text)
    assert rows == []
    return [error.field for error in errors]


def test_an_apprentices_row():
    line = (
        "T-1,Ana,Xiong,Ana@Example.org,04/10/1990,Acme,pa,Sponsor,A,Handler,2026-01-05,active,01.06.2026,Layoff,"
        "female,Hispanic or Latino,White; asian,Did not self-identify,,24.5"
    )
    assert one_row(read_apprentices, f"{APPRENTICES}\n{line}\n") == ApprenticeRow(
        line=2,
        apprentice_ref="T-1",
        first_name="Ana",
        last_name="Xiong",
        email="ana@example.org",
        date_of_birth=date(1990, 4, 10),
        employer="Acme",
        employer_state="PA",
        sponsor="Sponsor",
        cohort="A",
        job_title="Handler",
        registered_on=date(2026, 1, 5),
        status="ACTIVE",
        status_on=date(2026, 6, 1),
        status_reason="Layoff",
        sex="Female",
        ethnicity="Hispanic or Latino",
        race="Asian;White",
        veteran="",
        disability="",
        journeyworker_rate=Decimal("24.50"),
    )


def test_what_may_be_left_out_of_an_apprentices_file():
    row = one_row(
        read_apprentices,
        "apprentice_ref,first_name,last_name,employer,sponsor,registered_on,status\n"
        "T-1,Ana,Xiong,Acme,Sponsor,2026-01-05,ACTIVE\n",
    )
    assert (row.email, row.date_of_birth, row.status_on, row.race, row.journeyworker_rate) == ("", None, None, "", None)


def test_every_wrong_cell_of_an_apprentices_row_is_named():
    line = "T-1,Ana,,nobody,1990-13-01,Acme,Penn,Sponsor,A,Handler,,GONE,soon,,x,x,Green;White,x,x,1.234"
    assert wrong_fields(read_apprentices, f"{APPRENTICES}\n{line}\n") == [
        "last_name",
        "email",
        "date_of_birth",
        "employer_state",
        "registered_on",
        "status",
        "status_on",
        "sex",
        "ethnicity",
        "race",
        "veteran",
        "disability",
        "journeyworker_rate",
    ]


OPENING = "apprentice_ref,kind,work_process_or_course,hours,through_on,evidence,approved_by\n"
INSTRUCTION = "apprentice_ref,course,provider,term,hours,completed_on,result,grade\n"
CREDITS = "apprentice_ref,kind,work_process_or_course,hours,decided_on,reason\n"
CREDENTIALS = "apprentice_ref,credential,earned_on,credential_number\n"
COMPETENCIES = "apprentice_ref,work_process,competency,signed_on,signed_by\n"
MAY = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("reader", "text", "row"),
    [
        (
            read_opening,
            f"{OPENING}T-1,ojl,A,96.5,2026-05-04,Binder 3,priya@example.org\n",
            OpeningRow(2, "T-1", "OJL", "A", Decimal("96.50"), MAY, "Binder 3", "priya@example.org"),
        ),
        (
            read_instruction,
            f"{INSTRUCTION}T-1,MATH,,2026-1,36,,in progress,\n",
            InstructionRow(2, "T-1", "MATH", "", "2026-1", Decimal("36.00"), None, "IN_PROGRESS"),
        ),
        (
            read_instruction,
            f"{INSTRUCTION}T-1,IM1,MATC,2026-1,96,05/04/2026,PASSED,B\n",
            InstructionRow(2, "T-1", "IM1", "MATC", "2026-1", Decimal("96.00"), MAY, "PASSED", "B"),
        ),
        (
            read_credits,
            f"{CREDITS}T-1,OJL,,300,2026-05-04,Youth apprenticeship\n",
            CreditRow(2, "T-1", "OJL", "", Decimal("300.00"), MAY, "Youth apprenticeship"),
        ),
        (
            read_credentials,
            f"{CREDENTIALS}T-1,OSHA10,2026-05-04,N-1\n",
            CredentialRow(2, "T-1", "OSHA10", MAY, "N-1"),
        ),
        (
            read_credentials,
            "apprentice_ref;credential;earned_on;expires_on\nT-1;FACPR;2026-05-04;2028-05-04\n",
            CredentialRow(2, "T-1", "FACPR", MAY, "", date(2028, 5, 4)),
        ),
        (
            read_competencies,
            f"{COMPETENCIES}T-1,A,3,2026-05-04,Mentor\n",
            SignOffRow(2, "T-1", "A", 3, MAY, "Mentor"),
        ),
    ],
)
def test_a_row_is_read(reader, text, row):
    assert one_row(reader, text) == row


@pytest.mark.parametrize(
    ("reader", "text", "fields"),
    [
        (
            read_opening,
            f"{OPENING},X,,0,2026-02-30,,\n",
            ["apprentice_ref", "kind", "work_process_or_course", "hours", "through_on"],
        ),
        (read_instruction, f"{INSTRUCTION}T-1,,,,8.555,x,DONE,\n", ["course", "hours", "completed_on", "result"]),
        (read_credits, f"{CREDITS}T-1,RI,,-3,,\n", ["hours", "decided_on"]),
        (read_credentials, f"{CREDENTIALS}T-1,,,\n", ["credential", "earned_on"]),
        (
            read_competencies,
            f"{COMPETENCIES}T-1,,1.5,5/4/26,\n",
            ["work_process", "competency", "signed_on", "signed_by"],
        ),
    ],
)
def test_every_wrong_cell_is_named(reader, text, fields):
    assert wrong_fields(reader, text) == fields


@pytest.mark.parametrize("written", ["0", "0.00", "-1", "NaN", "1e5", "1,000.5", "inf", "8:30", "1000000", ""])
@pytest.mark.parametrize(
    ("reader", "header", "line"),
    [
        (read_opening, OPENING, "T-1,RI,MATH,{},2026-05-04,Binder 3,Priya"),
        (read_instruction, INSTRUCTION, "T-1,MATH,,2026-1,{},2026-05-04,PASSED,A"),
        (read_credits, CREDITS, "T-1,RI,MATH,{},2026-05-04,Transcript"),
    ],
)
def test_what_is_no_number_of_hours_is_told_with_its_place(reader, header, line, written):
    """A course passed with no hours would be met and count nothing."""
    rows, (error,) = read(reader, header + line.format(f'"{written}"') + "\n")
    assert rows == []
    assert (error.line, error.field, error.found) == (2, "hours", written or "nothing")
    assert error.expected == "hours above 0 such as 48 or 48.50, with two decimals at most"


@pytest.mark.parametrize(
    "reader",
    [read_apprentices, read_opening, read_instruction, read_credits, read_credentials, read_competencies],
)
def test_a_file_without_its_columns_is_refused(reader):
    with pytest.raises(TableRefused):
        read(reader, "a,b\n1,2\n")
