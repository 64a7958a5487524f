"""import_standards and import_offered_courses, from the file to the exit code."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from employers.models import OfferedCourse, Standards
from imt.audit.models import ImportBatch

WORKBOOK = Path(__file__).parents[1] / "data" / "imt_standards.xlsx"
OFFERED = "provider,course,title,delivery,meets,meets_hours\nMATC,IM1,Manufacturing 1,classroom,MSSC-S,48\n"

pytestmark = pytest.mark.django_db


def run(command, file, **options):
    out, err = StringIO(), StringIO()
    call_command(command, file, stdout=out, stderr=err, **options)
    return out.getvalue().splitlines(), err.getvalue().splitlines()


def test_a_workbook_is_taken_in_once():
    name = "WRTP/BIG STEP, Industrial Manufacturing Technician, version 1"
    assert run("import_standards", WORKBOOK)[0] == [f"imt_standards.xlsx: created, {name}"]
    assert run("import_standards", WORKBOOK)[0] == [f"imt_standards.xlsx: skipped, {name}"]
    assert ImportBatch.objects.get().counts == {"created": 1}


def test_a_dry_run_of_a_workbook_writes_nothing():
    out, _err = run("import_standards", WORKBOOK, dry_run=True)
    assert out[-1] == "dry run: nothing was written"
    assert not Standards.objects.exists()


def test_what_is_no_workbook_is_refused(tmp_path):
    file = tmp_path / "standards.xlsx"
    file.write_text("a,b\n1,2\n")
    with pytest.raises(CommandError):
        run("import_standards", file)


def test_offered_courses_are_taken_in_once(tmp_path):
    file = tmp_path / "offered_courses.csv"
    file.write_text(OFFERED)
    run("import_standards", WORKBOOK)
    assert run("import_offered_courses", file) == (["offered_courses.csv: 1 accepted"], [])
    assert run("import_offered_courses", file) == (["offered_courses.csv: 1 skipped"], [])
    assert OfferedCourse.objects.count() == 1


def test_a_wrong_line_of_offered_courses_is_named(tmp_path):
    file = tmp_path / "offered_courses.csv"
    file.write_text(f"{OFFERED}MATC,IM1,Manufacturing 1,classroom,MSSC-Q,0\n")
    with pytest.raises(CommandError, match="nothing was written"):
        run("import_offered_courses", file)
    assert not OfferedCourse.objects.exists()
