"""Loading the demo: everything through the same actions as the pages, whole or not at all, and once."""

import hashlib
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from apprentices.actions.apprenticeships import register
from apprentices.actions.hour_shapes import lay_presets
from apprentices.actions.hours_import import FileOfHours, import_hours
from apprentices.actions.hours_staging import staging
from apprentices.actions.people import give_sign_in
from apprentices.actions.supervision import assign
from apprentices.models import Apprenticeship, Supervision
from apprentices.queries.known_hours import people_for
from employers.actions.courses import offer_courses
from employers.actions.employers import count_journeyworkers, employers_of
from employers.actions.memberships import add_local_member, add_member, cover_employer
from employers.actions.standards import load_standards
from employers.files.offered_courses import read_offered_courses
from employers.files.standards import read_standards
from employers.models import EmployerSettings, UnionLocal
from imt.accounts.actions import create_person, system_user
from imt.accounts.models import User
from imt.audit.actions import save_row
from imt.demo import approvals, files, reviews, sign_ins, stories, weeks
from imt.demo.hours import FULL, NEARLY, records, share
from imt.demo.people import ACME, FIRMS, LOCAL, LOCAL_COVERS, MEMBERS, OCEAN_SPRAY, PEOPLE, STAFF, SUPERVISORS

DATA = Path(__file__).parent / "data"
MEMBER_FOR = timedelta(weeks=150)

# ref: (hours to reach, through how many weeks ago); who is not here has none from the past
WORKED = {
    "ACME-01": (share(0.5), 3),
    "ACME-02": (NEARLY, 0),
    "ACME-03": (FULL, 0),
    "ACME-04": (FULL, 0),
    "ACME-06": (share(0.55), 6),
    "ACME-07": (share(0.1), 31),
    "ACME-08": (share(0.2), 0),
    "HAYES-01": (share(0.35), 0),
    "HAYES-02": (FULL, 25),
    "HAYES-03": (share(0.25), 0),
    "RMG-01": (share(0.45), 18),
    "OS-01": (share(0.25), 3),
    "BRADY-01": (share(0.6), 0),
    "ALM-01": (share(0.4), 0),
}


def is_loaded():
    return Apprenticeship.objects.filter(ref=PEOPLE[0].ref).exists()


@transaction.atomic
def seed(*, password, today=None):
    """Load the demo once; returns False where it is there already. `password` opens every account of it."""
    if is_loaded():
        return False
    today = today or timezone.localdate()
    priya = _member(STAFF, password, system_user())
    for workbook in ("imt_standards.xlsx", "catalyst_standards.xlsx"):
        load_standards(content=read_standards(DATA / workbook, workbook), by=priya)
    weeks.allow_week_totals(by=priya)
    rows, _errors = read_offered_courses(DATA / "offered_courses.csv", "offered_courses.csv")
    offer_courses(rows=rows, by=priya)
    employers = employers_of(states=FIRMS, by=priya)
    lay_presets(by=priya)
    users = {STAFF.email: priya} | _members(employers, password, priya, today)
    register(rows=[person.row(line, today) for line, person in enumerate(PEOPLE, 2)], by=priya)
    refs = _apprenticeships()
    users |= _sign_ins(refs, password, priya)
    _supervise(refs, users, priya)
    _work(refs, users, today)
    sign_ins.let_in(eli=refs["ACME-05"], maria=users["maria@example.org"], today=today)
    stories.tell(refs=refs, by=priya, users=users, today=today)
    weeks.tell(refs=refs, by=priya, users=users, today=today)
    files.tell(users["sam@example.org"], employers[ACME], today=today)
    reviews.tell(refs=refs, by=priya, users=users, today=today)
    approvals.tell(refs=refs, by=priya, users=users, today=today)
    return True


def _member(member, password, by):
    known = User.objects.filter(email=member.email).first()
    flags = dict.fromkeys(member.flags, True)
    return known or create_person(name=member.name, email=member.email, password=password, by=by, **flags)


def _members(employers, password, by, today):
    """{e-mail: User} of those who act for an employer or a local, and how the employers run their weeks."""
    since = today - MEMBER_FOR
    users = {member.email: _member(member, password, by) for member in MEMBERS}
    for member in MEMBERS:
        if member.role:
            employer = employers[member.employer]
            add_member(user=users[member.email], employer=employer, role=member.role, on=since, by=by)
    add_local_member(user=users["lee@example.org"], local=LOCAL, on=since, by=by)
    for name in LOCAL_COVERS:
        cover_employer(local=UnionLocal.objects.get(name=LOCAL), employer=employers[name], on=since, by=by)
    for name, weekday in ((ACME, EmployerSettings.Weekday.MONDAY), (OCEAN_SPRAY, EmployerSettings.Weekday.SUNDAY)):
        settings = EmployerSettings(
            employer=employers[name], from_on=since, week_starts_on=weekday, apprentices_log_hours=True
        )
        save_row(settings, by=by)
    for employer in employers.values():
        count_journeyworkers(employer=employer, worksite="Main plant", count=12, on=since, by=by)
    return users


def _apprenticeships():
    found = Apprenticeship.objects.filter(ref__in=[person.ref for person in PEOPLE])
    return {one.ref: one for one in found.select_related("apprentice", "employer", "standards")}


def _sign_ins(refs, password, by):
    users = {}
    for person in PEOPLE:
        if person.signs_in:
            name = f"{person.first_name} {person.last_name}"
            known = User.objects.filter(email=person.email).first()
            user = known or create_person(name=name, email=person.email, password=password, by=by)
            users[person.email] = give_sign_in(apprentice=refs[person.ref].apprentice, user=user, by=by).user
    return users


def _supervise(refs, users, by):
    for person in PEOPLE:
        one = refs[person.ref]
        user = users[SUPERVISORS[person.employer].email]
        assign(apprenticeships=[one], user=user, role=Supervision.Role.SUPERVISOR, on=one.registered_on, by=by)


def _work(refs, users, today):
    """The hours of the past, as each firm's supervisor brought them in one file and approved them."""
    monday = today - timedelta(days=today.weekday())
    for firm, member in SUPERVISORS.items():
        worked = [
            (ref, refs[ref].registered_on, monday - timedelta(weeks=weeks_ago, days=3), targets)
            for ref, (targets, weeks_ago) in WORKED.items()
            if refs[ref].employer.name == firm
        ]
        user = users[member.email]
        name = f"hours of {firm}.csv"
        file = FileOfHours(name=name, sha256=hashlib.sha256(name.encode()).hexdigest(), by=user, approve=True)
        with staging() as private:
            taken = import_hours(records=records(worked), people=people_for(user, on=today), private=private, file=file)
        if taken.errors:
            raise ValueError(f"{name}: {taken.counts}")
