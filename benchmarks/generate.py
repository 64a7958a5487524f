"""Fill an empty PostgreSQL database with N apprenticeships of M approved hour lines each, in bulk.

`python -m benchmarks.generate --people 1450 --lines 1000` (1.45 million lines) on the database of DATABASE_URL.
Everything comes from one seed: the same options give the same rows."""

import argparse
import os
import random
import sys
from datetime import UTC, date, datetime, timedelta

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imt.settings")
    os.environ.setdefault("IMT_STATEMENT_SECONDS", "0")
    os.environ.setdefault("IMT_IDLE_IN_TRANSACTION_SECONDS", "0")
    django.setup()

from django.core.management import call_command
from django.db import connection, transaction

from apprentices.models import (
    Apprentice,
    Apprenticeship,
    Credential,
    HourEntry,
    InstructionRecord,
    LedgerLine,
    SignOff,
    StatusChange,
    Timesheet,
    TimesheetDecision,
)
from employers.models import (
    Competency,
    Course,
    CredentialRequirement,
    Employer,
    Sponsor,
    Standards,
    WorkProcess,
)
from imt.accounts.actions import system_user
from imt.fields import from_hundredths
from imt.tables import insert_rows, reserve_ids

MONDAY = date(2024, 9, 2)
RECORDED = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)
PROCESSES = (
    ("A", 9600, 9600),
    ("B", 32000, 32000),
    ("C", 64000, 128000),
    ("D", 32000, 64000),
    ("E", 20000, None),
    ("F", 24000, None),
    ("G", 12000, None),
    ("H", 12000, None),
)
COURSES = ("MSSC-S", "MSSC-Q", "MSSC-P", "MSSC-M", "MATH", "COMM")
CREDENTIALS = ("CPT-S", "CPT-Q", "CPT-P", "CPT-M", "OSHA10", "FACPR")
COMPETENCIES_EACH = 3


def generate(*, people, lines, seed=2903, progress=None):
    """`people` apprenticeships with `lines` OJL lines each (two a workday), their claims, records and sign-offs.
    Returns the number of ledger lines. The database must hold no apprenticeship."""
    if Apprenticeship.objects.exists():
        raise RuntimeError("the database holds apprenticeships already: give the benchmark one of its own")
    rng = random.Random(seed)
    with transaction.atomic():
        user = system_user()
        standards = _standards(user)
        apprenticeships = _apprenticeships(people, standards, user)
        processes = list(standards.work_processes.values_list("pk", flat=True))
        _records(apprenticeships, standards, user)
        for start in range(0, people, 100):
            _hours(apprenticeships[start : start + 100], processes, lines, user, rng)
            if progress:
                progress(min(people, start + 100), people)
        _instruction(apprenticeships, user, first_position=lines + 1)
        Apprenticeship.objects.update(facts_position=1, ledger_position=lines + len(COURSES) - 1)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)" if connection.vendor == "postgresql" else "ANALYZE")
    return LedgerLine.objects.count()


def _standards(user):
    sponsor = Sponsor.objects.create(name="Bench")
    standards = Standards.objects.create(
        sponsor=sponsor,
        occupation="Industrial Manufacturing Technician",
        version=1,
        approach=Standards.Approach.HYBRID,
        ojl_minimum=2736,
        ri_minimum=264,
        content_digest="bench",
        recorded_at=RECORDED,
        recorded_by=user,
    )
    processes = WorkProcess.objects.bulk_create(
        WorkProcess(
            standards=standards,
            position=position,
            code=code,
            title=f"{code}. Process",
            minimum=from_hundredths(minimum),
            maximum=from_hundredths(maximum),
        )
        for position, (code, minimum, maximum) in enumerate(PROCESSES)
    )
    Competency.objects.bulk_create(
        Competency(work_process=process, number=number, title=f"Competency {number}")
        for process in processes
        for number in range(1, COMPETENCIES_EACH + 1)
    )
    Course.objects.bulk_create(
        Course(standards=standards, position=position, code=code, title=code) for position, code in enumerate(COURSES)
    )
    CredentialRequirement.objects.bulk_create(
        CredentialRequirement(standards=standards, position=position, code=code, title=code)
        for position, code in enumerate(CREDENTIALS)
    )
    Standards.objects.filter(pk=standards.pk).update(published_at=RECORDED)
    return standards


def _apprenticeships(people, standards, user):
    employers = Employer.objects.bulk_create(
        Employer(name=f"Firm {number:04d}", state="WI") for number in range(max(1, people // 10))
    )
    apprentices = Apprentice.objects.bulk_create(
        (
            Apprentice(first_name=f"First {number}", last_name=f"Last {number}", recorded_at=RECORDED)
            for number in range(people)
        ),
        batch_size=1000,
    )
    apprenticeships = Apprenticeship.objects.bulk_create(
        (
            Apprenticeship(
                ref=f"BENCH-{number:06d}",
                apprentice=apprentice,
                employer=employers[number % len(employers)],
                standards=standards,
                registered_on=MONDAY,
                recorded_at=RECORDED,
                recorded_by=user,
            )
            for number, apprentice in enumerate(apprentices)
        ),
        batch_size=1000,
    )
    StatusChange.objects.bulk_create(
        (
            StatusChange(
                apprenticeship=one, status="ACTIVE", happened_on=MONDAY, recorded_at=RECORDED, recorded_by=user
            )
            for one in apprenticeships
        ),
        batch_size=1000,
    )
    return apprenticeships


def _records(apprenticeships, standards, user):
    """Credentials and sign-offs: most people hold most of them."""
    competencies = list(Competency.objects.filter(work_process__standards=standards))
    day = MONDAY + timedelta(days=300)
    Credential.objects.bulk_create(
        (
            Credential(apprenticeship=one, code=code, earned_on=day, recorded_at=RECORDED, recorded_by=user)
            for number, one in enumerate(apprenticeships)
            for code in CREDENTIALS[: 4 + number % 3]
        ),
        batch_size=2000,
    )
    SignOff.objects.bulk_create(
        (
            SignOff(
                apprenticeship=one,
                competency=competency,
                signed_on=day,
                signed_by="Mentor",
                recorded_at=RECORDED,
                recorded_by=user,
            )
            for number, one in enumerate(apprenticeships)
            for competency in competencies[: 12 + number % 13]
        ),
        batch_size=2000,
    )


def _hours(apprenticeships, processes, lines, user, rng):
    """Weeks of five days with two entries each, approved: timesheets, entries and lines, ordered as they are posted."""
    weeks = -(-lines // 10)
    sheets, decisions, entries, posted = [], [], [], []
    sheet_keys = iter(reserve_ids(Timesheet, len(apprenticeships) * weeks))
    entry_keys = iter(reserve_ids(HourEntry, len(apprenticeships) * lines))
    for one in apprenticeships:
        sheet = None
        for number in range(lines):
            day = MONDAY + timedelta(weeks=number // 10, days=number // 2 % 5)
            if number % 10 == 0:
                sheet = next(sheet_keys)
                sheets.append((sheet, one.pk, day, "APPROVED", 1, 3, "", RECORDED, user.pk))
                decisions.append((sheet, 1, "APPROVED", "", RECORDED, user.pk))
            process = processes[(number // 7 + number % 2) % len(processes)]
            hours = rng.randrange(100, 425, 25)
            entry = next(entry_keys)
            entries.append(
                (entry, sheet, one.pk, one.employer_id, process, day, hours, "", "", "", "LOGGED", 1, RECORDED, user.pk)
            )
            posted.append((one.pk, number + 1, "OJL", process, "", hours, day, "LOGGED", "", RECORDED, user.pk, entry))
    insert_rows(
        Timesheet._meta.db_table,
        (
            "id apprenticeship_id week_starts_on state version edit_number zero_reason submitted_at submitted_by_id"
        ).split(),
        sheets,
    )
    insert_rows(
        TimesheetDecision._meta.db_table,
        "timesheet_id version verdict reason decided_at decided_by_id".split(),
        decisions,
    )
    insert_rows(
        HourEntry._meta.db_table,
        (
            "id timesheet_id apprenticeship_id employer_id work_process_id worked_on hours note department entry_ref "
            "source version logged_at logged_by_id"
        ).split(),
        _one_per_day_and_process(entries),
    )
    insert_rows(
        LedgerLine._meta.db_table,
        (
            "apprenticeship_id position kind work_process_id course_code hours happened_on source reason posted_at "
            "posted_by_id entry_id"
        ).split(),
        posted,
    )


def _one_per_day_and_process(entries):
    """Their references make them unique where a day has the same process twice."""
    for entry in entries:
        yield (*entry[:9], f"bench-{entry[0]}", *entry[10:])


def _instruction(apprenticeships, user, *, first_position):
    """All required courses but the last, passed."""
    day = MONDAY + timedelta(days=250)
    records = InstructionRecord.objects.bulk_create(
        (
            InstructionRecord(
                apprenticeship=one,
                course_code=code,
                hours=44,
                completed_on=day,
                result="PASSED",
                recorded_at=RECORDED,
                recorded_by=user,
            )
            for one in apprenticeships
            for code in COURSES[:-1]
        ),
        batch_size=2000,
    )
    each = len(COURSES) - 1
    insert_rows(
        LedgerLine._meta.db_table,
        (
            "apprenticeship_id position kind course_code hours happened_on source reason posted_at posted_by_id "
            "instruction_record_id"
        ).split(),
        (
            (
                record.apprenticeship_id,
                first_position + number % each,
                "RI",
                record.course_code,
                4400,
                day,
                "INSTRUCTION",
                "",
                RECORDED,
                user.pk,
                record.pk,
            )
            for number, record in enumerate(records)
        ),
    )


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1450)
    parser.add_argument("--lines", type=int, default=1000, help="lines of each")
    parser.add_argument("--seed", type=int, default=2903)
    options = parser.parse_args(arguments)
    call_command("migrate", verbosity=0)

    def progress(done, people):
        print(f"\r{done} of {people} people", end="", file=sys.stderr, flush=True)

    lines = generate(people=options.people, lines=options.lines, seed=options.seed, progress=progress)
    print(f"\n{lines} ledger lines", file=sys.stderr)


if __name__ == "__main__":
    main()
