"""import_program: a folder in one transaction."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import employers
from apprentices.models import Apprenticeship, LedgerLine
from apprentices.queries.eligibility import eligibility_document
from employers.models import Standards
from imt.audit.models import AuditEvent, ImportBatch

WORKBOOK = Path(employers.__file__).parent / "tests" / "data" / "imt_standards.xlsx"
SPONSOR = "WRTP/BIG STEP"
FILES = {
    "offered_courses.csv": "provider,course,title,delivery,meets,meets_hours\nMATC,IM1,IM 1,classroom,MSSC-S,48\n",
    "apprentices.csv": (
        "apprentice_ref,first_name,last_name,email,date_of_birth,employer,employer_state,sponsor,registered_on,status\n"
        f"T-1,Ana,Xiong,ana@example.org,1990-04-10,Acme,WI,{SPONSOR},2026-01-05,ACTIVE\n"
    ),
    "opening.csv": (
        "apprentice_ref,kind,work_process_or_course,hours,through_on\nT-1,OJL,A,90,2026-01-04\nT-1,RI,MATH,36,2026-01-04\n"
    ),
    "hours.csv": "apprentice_ref,worked_on,work_process,hours,note,entry_ref\nT-1,2026-01-05,A,6.50,,R-1\n",
    "instruction.csv": (
        "apprentice_ref,course,provider,term,hours,completed_on,result,grade\nT-1,IM1,MATC,1,60,2026-02-02,PASSED,A\n"
    ),
    "credits.csv": "apprentice_ref,kind,work_process_or_course,hours,decided_on\nT-1,OJL,,100,2026-01-05\n",
    "credentials.csv": "apprentice_ref,credential,earned_on,credential_number\nT-1,OSHA10,2026-01-20,N-1\n",
    "competencies.csv": "apprentice_ref,work_process,competency,signed_on,signed_by\nT-1,A,1,2026-02-02,Mentor\n",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    shutil.copy(WORKBOOK, tmp_path)
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(folder, **options):
    out, err = StringIO(), StringIO()
    call_command("import_program", folder, stdout=out, stderr=err, **options)
    return out.getvalue().splitlines()


def actuals():
    (person,) = eligibility_document(as_of=_as_of())["apprentices"]
    return {each["code"]: each["actual"] for each in person["requirements"]}


def _as_of():
    return Apprenticeship.objects.get().registered_on.replace(month=6)


def test_everything_of_a_folder_counts(folder):
    run(folder)
    found = actuals()
    assert found["OJL_TOTAL"] == "196.50"
    assert found["OJL_PROCESS:A"] == "96.50"
    assert found["RI_TOTAL"] == "84.00"
    assert (found["RI_COURSE:MSSC-S"], found["RI_COURSE:MATH"], found["RI_COURSE:COMM"]) == ("1", "1", "0")
    assert (found["CREDENTIAL:OSHA10"], found["COMPETENCIES"], found["STATUS"]) == ("1", "1", "ACTIVE")


def test_each_file_is_told_in_the_order_of_the_contract(folder):
    names = [line.partition(":")[0] for line in run(folder)]
    assert names == [
        "imt_standards.xlsx",
        "offered_courses.csv",
        "apprentices.csv",
        "opening.csv",
        "hours.csv",
        "instruction.csv",
        "credits.csv",
        "credentials.csv",
        "competencies.csv",
    ]


def test_the_second_time_changes_nothing(folder):
    run(folder)
    before = (LedgerLine.objects.count(), ImportBatch.objects.count(), AuditEvent.objects.count())
    lines = run(folder)
    assert all("skipped" in line for line in lines)
    assert (LedgerLine.objects.count(), ImportBatch.objects.count(), AuditEvent.objects.count()) == before


def test_files_that_are_not_there_are_left_out(folder):
    for name in ("offered_courses.csv", "hours.csv", "credits.csv"):
        (folder / name).unlink()
    assert len(run(folder)) == 6


@pytest.mark.parametrize("name", ["competencies.csv", "hours.csv", "apprentices.csv"])
def test_one_wrong_line_and_nothing_of_the_folder_is_written(folder, name):
    lines = FILES[name].splitlines()
    wrong = lines[1].replace("T-1", "").replace("R-1", "R-2")
    (folder / name).write_text("\n".join([*lines, wrong]) + "\n", encoding="utf-8")
    with pytest.raises(CommandError, match=f"{name} has errors"):
        run(folder)
    assert not Standards.objects.exists()


def test_a_dry_run_writes_nothing(folder):
    assert run(folder, dry_run=True)[-1] == "dry run: nothing was written"
    assert not Standards.objects.exists()


def test_the_folders_own_program_settles_which_of_several(folder):
    run(folder)
    standards = Standards.objects.get()
    Standards.objects.create(
        sponsor=standards.sponsor,
        occupation="Welder",
        version=1,
        approach=Standards.Approach.TIME,
        ojl_minimum=2000,
        ri_minimum=144,
        content_digest="x",
        recorded_at=standards.recorded_at,
        recorded_by=standards.recorded_by,
    )
    people = FILES["apprentices.csv"].replace("T-1", "T-2").replace("ana@", "bo@")
    (folder / "apprentices.csv").write_text(people, encoding="utf-8")
    run(folder)
    assert Apprenticeship.objects.get(ref="T-2").standards == standards


def test_a_folder_without_any_of_the_files_is_refused(tmp_path):
    with pytest.raises(CommandError, match="holds none of"):
        run(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="no folder"):
        run(tmp_path / "missing")
