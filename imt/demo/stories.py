"""What became of the demo's people: courses, credentials, competencies, cards, and weeks in every state."""

from datetime import timedelta
from decimal import Decimal

from apprentices.actions import (
    competencies,
    credentials,
    credits,
    hours,
    instruction,
    journey_cards,
    opening,
    statuses,
    transfers,
    wages,
)
from apprentices.actions.amendments import amend
from apprentices.actions.weeks import Cell, save_week
from apprentices.models import Apprenticeship, HourEntry
from apprentices.queries.hours import week_of
from apprentices.rules.rows import CredentialRow, CreditRow, InstructionRow, OpeningRow, SignOffRow
from employers.models import Competency, WorkProcess

MATC, BIG_STEP = "Milwaukee Area Technical College", "WRTP/BIG STEP"
CREDENTIALS = ("CPT-S", "CPT-Q", "CPT-P", "CPT-M", "OSHA10", "FACPR")
# course, provider, hours, weeks after the registration
WHOLE_PROGRAM = (
    ("IM1", MATC, 96, 18),
    ("IMATH", MATC, 36, 20),
    ("IM2", MATC, 96, 44),
    ("CFA", MATC, 36, 46),
)
FINISHED = ("ACME-02", "ACME-03", "ACME-04", "HAYES-02")
HALF_WAY = ("ACME-01", "ACME-08", "BRADY-01", "ALM-01", "OS-01")


def tell(*, refs, by, users, today):
    """All of it, in the order in which it happened. `refs` {ref: Apprenticeship}, `users` {e-mail: User}."""
    started = {ref: one.registered_on for ref, one in refs.items()}
    _before(started, by, today)
    instruction.record_results(rows=_courses(started), on=today, by=by)
    credentials.record_credentials(rows=_credentials(started), on=today, by=by)
    competencies.sign_off(rows=_sign_offs(started, refs["ACME-01"].standards), on=today, by=by)
    _changes(refs, started, by, today)
    _cards(refs, by, today)
    _weeks_of_acme(refs, users, today)
    _amended(refs["ACME-01"], users["sam@example.org"], today)
    _own_hours(refs["OS-01"], users["lina@example.org"], today)


def _before(started, by, today):
    """What was earned before: on paper, or in another place."""
    joy = started["HAYES-03"]
    paper = {"A": "96.00", "B": "93.33", "C": "110.33", "D": "115.50"}
    balances = [
        OpeningRow(
            line, "HAYES-03", "OJL", code, Decimal(total), joy - timedelta(days=3), "Paper log, binder 3", by.email
        )
        for line, (code, total) in enumerate(paper.items(), 2)
    ]
    opening.open_balances(rows=balances, on=today, by=by)
    granted = [
        CreditRow(2, "HAYES-03", "RI", "MATH", Decimal(36), joy, "College transcript"),
        CreditRow(3, "BRADY-01", "OJL", "", Decimal(300), started["BRADY-01"], "Youth apprenticeship"),
        CreditRow(4, "ALM-01", "OJL", "C", Decimal(120), started["ALM-01"], "Military service, welding"),
    ]
    credits.grant(rows=granted, on=today, by=by)


def _courses(started):
    rows = []

    def attempt(ref, course, provider, total, weeks, result="PASSED", grade=""):
        completed_on = None if result == "IN_PROGRESS" else started[ref] + timedelta(weeks=weeks, days=3)
        term = f"{(started[ref] + timedelta(weeks=weeks)).year}"
        rows.append(
            InstructionRow(len(rows) + 2, ref, course, provider, term, Decimal(total), completed_on, result, grade)
        )

    for ref in FINISHED:
        for course, provider, total, weeks in WHOLE_PROGRAM:
            attempt(ref, course, provider, total, weeks, grade="B")
    for ref in HALF_WAY:
        for course, provider, total, weeks in WHOLE_PROGRAM[:2]:
            if started[ref] + timedelta(weeks=weeks + 1) < started["ACME-05"]:
                attempt(ref, course, provider, total, weeks, grade="A")
    attempt("ACME-01", "IM2", MATC, 96, 40, "IN_PROGRESS")
    attempt("ACME-06", "MATH", "", 36, 20, "WITHDRAWN")
    attempt("HAYES-01", "CPT-SAFETY", BIG_STEP, 48, 12, "FAILED", "F")
    attempt("HAYES-01", "CPT-SAFETY", BIG_STEP, 48, 20, grade="C")
    attempt("HAYES-01", "CPT-QUALITY", BIG_STEP, 48, 30, "IN_PROGRESS")
    return rows


def _credentials(started):
    earned = [(ref, code, 30 + 2 * place) for ref in FINISHED for place, code in enumerate(CREDENTIALS)]
    earned += [("ACME-01", "OSHA10", 6), ("ACME-01", "CPT-S", 22), ("HAYES-01", "OSHA10", 4), ("BRADY-01", "FACPR", 9)]
    return [
        CredentialRow(line, ref, code, started[ref] + timedelta(weeks=weeks), f"{code}-{ref}")
        for line, (ref, code, weeks) in enumerate(earned, 2)
    ]


def _sign_offs(started, standards):
    """The finished have them all, those half way the first of each process."""
    competencies = Competency.objects.filter(work_process__standards=standards)
    known = list(competencies.order_by("work_process__position", "number").values_list("work_process__code", "number"))
    signed = [(ref, code, number, 50) for ref in FINISHED for code, number in known]
    signed += [(ref, code, number, 16) for ref in HALF_WAY for code, number in known if number == 1]
    signed += [("ACME-01", code, 2, 36) for code in "ABC"]
    return [
        SignOffRow(line, ref, code, number, started[ref] + timedelta(weeks=weeks), "Mentor")
        for line, (ref, code, number, weeks) in enumerate(signed, 2)
    ]


def _changes(refs, started, by, today):
    """Pay, leave, leaving, and going to another firm."""
    acme = [one for ref, one in refs.items() if ref.startswith("ACME")]
    for one in acme:
        wages.raise_to(
            apprenticeships=[one], hourly_rate=Decimal("22.00"), on=one.registered_on, by=by, reason="Step 1"
        )
    ana, fatima, greg = refs["ACME-01"], refs["ACME-06"], refs["ACME-07"]
    raised_on = started["ACME-01"] + timedelta(weeks=19)
    wages.raise_to(apprenticeships=[ana], hourly_rate=Decimal("23.40"), on=raised_on, by=by, reason="Step 2")
    on_leave = today - timedelta(weeks=5)
    statuses.change_status(apprenticeships=[fatima], status="SUSPENDED", on=on_leave, by=by, reason="Family leave")
    left_on = started["ACME-07"] + timedelta(weeks=9)
    statuses.change_status(apprenticeships=[greg], status="CANCELLED", on=left_on, by=by, reason="Left employer")
    kofi = refs["ACME-08"]
    reason = "Renaissance closed the line"
    transfers.take_over(from_=refs["RMG-01"], to=kofi, on=kofi.registered_on, by=by, reason=reason)


def _cards(refs, by, today):
    journey_cards.issue(apprenticeship=refs["ACME-04"], by=by, on=today)
    ivan = refs["HAYES-02"]
    journey_cards.issue(apprenticeship=ivan, by=by, on=today - timedelta(weeks=20))
    statuses.change_status(
        apprenticeships=[ivan], status="COMPLETED", on=today - timedelta(weeks=19), by=by, reason="Journey card"
    )


def _weeks_of_acme(refs, users, today):
    """Ana's last weeks: approved, returned, waiting, and this one as a draft; Eli's first one waits, too."""
    sam, maria = users["sam@example.org"], users["maria@example.org"]
    ana, eli = refs["ACME-01"], refs["ACME-05"]
    approved = _log(ana, sam, today, weeks_ago=3, codes="BC")
    returned = _log(ana, sam, today, weeks_ago=2, codes="CC", note="Line 4")
    waiting = _log(ana, sam, today, weeks_ago=1, codes="CD", note="First-piece checks")
    first = _log(eli, sam, today, weeks_ago=1, codes="AA")
    hours.submit(timesheets=[week.pk for week in (approved, returned, waiting, first)], by=sam, on=today)
    hours.approve(timesheets=[approved.pk], by=sam, on=today)
    reason = "Friday was the changeover: please log it under production set-up."
    hours.return_(timesheets=[returned.pk], reason=reason, by=maria, on=today)
    _log(ana, sam, today, weeks_ago=0, codes="DF")


def _log(apprenticeship, by, today, *, weeks_ago, codes, note=""):
    """A week of eight hours a day, up to today; two processes, or one where both codes are the same."""
    starts_on = week_of(apprenticeship.employer, today - timedelta(weeks=weeks_ago))
    processes = {
        process.code: process
        for process in WorkProcess.objects.filter(standards=apprenticeship.standards, code__in=codes)
    }
    days = [starts_on + timedelta(days=number) for number in range(7)]
    cells = [
        Cell(processes[code].pk, day, Decimal(8 // len(processes)), note)
        for day in days
        if day.weekday() < 5 and day <= today
        for code in dict.fromkeys(codes)
    ]
    return save_week(apprenticeship=apprenticeship, day=min(days[-1], today), cells=cells, by=by)


def _amended(ana, sam, today):
    """A day that was approved with too many hours, put right afterwards."""
    entries = HourEntry.objects.filter(apprenticeship=ana, worked_on__lt=today - timedelta(weeks=6))
    entry = entries.order_by("-worked_on", "work_process").first()
    amend(entry=entry, hours=entry.hours - Decimal("1.50"), reason="Left early for the dentist", by=sam, on=today)


def _own_hours(lina, user, today):
    """Lina logs her own hours: one week waits, and nobody has filled in the two before it."""
    week = _log(Apprenticeship.objects.select_related("employer").get(pk=lina.pk), user, today, weeks_ago=1, codes="EG")
    hours.submit(timesheets=[week.pk], by=user, on=today)
