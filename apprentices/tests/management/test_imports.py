"""The import commands, from the file to the exit code."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apprentices.actions.apprenticeships import register
from apprentices.models import (
    Apprenticeship,
    Credential,
    Credit,
    InstructionRecord,
    LedgerLine,
    OpeningBalance,
    SignOff,
)
from apprentices.tests.cast import OCCUPATION, SPONSOR, apprentice_row, small_content
from employers.actions.standards import load_standards
from imt.audit.models import AuditEvent, ImportBatch

PEOPLE = (
    "apprentice_ref,first_name,last_name,email,date_of_birth,employer,employer_state,sponsor,registered_on,status\n"
)
BO = f"T-0002,Bo,Lee,bo@example.org,2009-06-01,Acme,PA,{SPONSOR},2026-01-05,ACTIVE\n"
FILES = {
    "opening": (
        "apprentice_ref,kind,work_process_or_course,hours,through_on,evidence,approved_by\n"
        "T-0001,OJL,A,6.50,2026-05-04,Binder 3,priya@example.org\n",
        OpeningBalance,
    ),
    "instruction": (
        "apprentice_ref,course,provider,term,hours,completed_on,result,grade\nT-0001,MATH,,2026-1,4,2026-05-04,PASSED,A\n",
        InstructionRecord,
    ),
    "credits": (
        "apprentice_ref,kind,work_process_or_course,hours,decided_on,reason\nT-0001,OJL,,3,2026-05-04,School\n",
        Credit,
    ),
    "credentials": (
        "apprentice_ref,credential,earned_on,credential_number\nT-0001,OSHA10,2026-05-04,N-1\n",
        Credential,
    ),
    "competencies": (
        "apprentice_ref,work_process,competency,signed_on,signed_by\nT-0001,A,1,2026-05-04,Mentor\n",
        SignOff,
    ),
}


@pytest.fixture
def run(tmp_path):
    """run(command, text, **options) → (standard output, standard error); CommandError with both where it fails."""

    def _run(command, text, **options):
        file = tmp_path / f"{command.removeprefix('import_')}.csv"
        file.write_text(text, encoding="utf-8")
        out, err = StringIO(), StringIO()
        try:
            call_command(command, file, stdout=out, stderr=err, **options)
        except CommandError as error:
            error.told = err.getvalue().splitlines()
            raise
        return out.getvalue().splitlines(), err.getvalue().splitlines()

    return _run


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_taken_in_once(ana_at_acme, run, name):
    text, model = FILES[name]
    assert run(f"import_{name}", text) == ([f"{name}.csv: 1 accepted"], [])
    assert run(f"import_{name}", text) == ([f"{name}.csv: 1 skipped"], [])
    assert model.objects.count() == 1


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_changes_something_leaves_a_batch(ana_at_acme, run, name):
    text, _model = FILES[name]
    run(f"import_{name}", text)
    run(f"import_{name}", text)
    batch = ImportBatch.objects.get(kind=name)
    assert (batch.file_name, batch.counts, len(batch.sha256)) == (f"{name}.csv", {"accepted": 1}, 64)


@pytest.mark.parametrize("name", FILES)
def test_a_dry_run_writes_nothing(ana_at_acme, run, name):
    text, model = FILES[name]
    out, _err = run(f"import_{name}", text, dry_run=True)
    assert out == [f"{name}.csv: 1 accepted", "dry run: nothing was written"]
    assert not model.objects.exists()
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("name", FILES)
def test_one_wrong_line_and_nothing_is_written(ana_at_acme, run, name):
    text, model = FILES[name]
    wrong = text.splitlines()[1].replace("T-0001", "T-9999")
    with pytest.raises(CommandError) as error:
        run(f"import_{name}", f"{text}{wrong}\n")
    assert error.value.told == [
        "line 3, column apprentice_ref: found “T-9999”, expected the ref of an apprenticeship (error:apprentice_ref)"
    ]
    assert not model.objects.exists()
    assert not LedgerLine.objects.exists()
    assert not ImportBatch.objects.exists()


def test_errors_of_form_and_of_what_is_known_are_told_together(ana_at_acme, run):
    text, _model = FILES["credits"]
    with pytest.raises(CommandError) as error:
        run("import_credits", f"{text}T-0001,OJL,,x,2026-05-05,\nT-9,OJL,,3,2026-05-04,\n")
    assert [line.split(":")[0] for line in error.value.told] == [
        "line 3, column hours",
        "line 4, column apprentice_ref",
    ]


def test_the_report_says_what_became_of_every_line(ana_at_acme, run, tmp_path):
    report = tmp_path / "report.jsonl"
    text, _model = FILES["credits"]
    with pytest.raises(CommandError):
        run("import_credits", f"{text}T-0001,XX,,x,2026-05-05,\n", report=report)
    lines = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    assert [(line["line"], line["outcome"], line["field"]) for line in lines] == [
        (2, "accepted", None),
        (3, "error", "kind"),
    ]


def test_people_are_registered_with_warnings_told_and_kept(standards, run):
    out, err = run("import_apprentices", PEOPLE + BO)
    assert out == ["apprentices.csv: 1 accepted"]
    assert err == ["warning: line 2: 16 years old at registration: a parent or guardian signs, too."]
    assert ImportBatch.objects.get().warnings == [err[0].removeprefix("warning: ")]


def test_the_standards_may_be_named(standards, run, priya):
    register(rows=[apprentice_row()], by=priya)
    load_standards(content=small_content(ojl_minimum=4000), by=priya)
    run("import_apprentices", PEOPLE + BO, standards=f"{SPONSOR}, {OCCUPATION}@1")
    assert Apprenticeship.objects.get(ref="T-0002").standards.version == 1


def test_standards_that_nobody_has_are_refused(standards, run):
    with pytest.raises(CommandError, match="no standards Nowhere"):
        run("import_apprentices", PEOPLE + BO, standards="Nowhere")


def test_who_acts_is_the_system_or_the_one_named(ana_at_acme, priya, run):
    text, _model = FILES["credits"]
    run("import_credits", text)
    run("import_credits", text.replace("05-04", "05-05"), by="Priya@example.org")
    assert [credit.recorded_by.name for credit in Credit.objects.order_by("pk")] == ["IMT", "Priya"]
    origins = AuditEvent.objects.filter(event="credit.granted").values_list("origin", flat=True)
    assert set(origins) == {"command import_credits"}


def test_who_may_not_is_refused(ana_at_acme, sam, run):
    text, _model = FILES["credits"]
    with pytest.raises(CommandError, match="staff"):
        run("import_credits", text, by="sam@example.org")


def test_nobody_acts_for_an_unknown_user(ana_at_acme, run):
    with pytest.raises(CommandError, match=r"no user x@example\.org"):
        run("import_credits", FILES["credits"][0], by="x@example.org")


def test_a_file_that_is_not_there_is_told(ana_at_acme, tmp_path):
    with pytest.raises(CommandError, match=r"missing\.csv"):
        call_command("import_credits", tmp_path / "missing.csv")
