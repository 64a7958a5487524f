"""The standing cast and a program small enough for quick tests, built through actions.

Ana, apprentice at Acme since 2026-01-05; Sam, supervisor at Acme; Oscar, supervisor at Other Works, who must never see
Ana; Priya, staff; Ada, auditor; Lee, labor representative of the local that covers Acme. Everybody's password is
`PASSWORD`."""

from datetime import date

import pytest

from apprentices.actions.apprenticeships import register
from apprentices.actions.people import give_sign_in
from apprentices.actions.supervision import assign
from apprentices.models import Apprenticeship, Supervision
from apprentices.rules.rows import ApprenticeRow
from employers.actions.employers import employer_of
from employers.actions.memberships import add_local_member, add_member, cover_employer
from employers.actions.standards import load_standards
from employers.models import EmployerMembership
from employers.rules.standards import (
    CompetencyContent,
    CourseContent,
    CredentialContent,
    ProcessContent,
    StandardsContent,
    WageStepContent,
)
from imt.accounts.actions import create_person, system_user

PASSWORD = "correct horse battery"
REGISTERED_ON = date(2026, 1, 5)
SPONSOR, OCCUPATION = "Test Sponsor", "Industrial Manufacturing Technician"


def small_content(**changes):
    """A program of 30 hours of OJL (A: 10 to 20 hours, B: at least 10, no maximum), 8 hours of RI (SAFETY and MATH),
    one credential (OSHA10) and three competencies (A 1, A 2, B 1). `changes`: fields of StandardsContent; hours are
    hundredths."""
    said = {
        "sponsor_name": SPONSOR,
        "occupation": OCCUPATION,
        "existing_title": "",
        "onet_code": "17-3029.09",
        "rapids_code": "2031HY",
        "approach": "HYBRID",
        "term_months": 18,
        "ojl_minimum": 3000,
        "ojl_maximum": None,
        "ri_minimum": 800,
        "ri_maximum": None,
        "ratio": "1:1",
        "probation": "5 hours",
        "registration_state": "PA",
        "agency_kind": "SAA",
        "registered_on": date(2014, 11, 1),
        "updated_on": None,
        "processes": (
            ProcessContent(
                "A",
                "A. Safety",
                "",
                "",
                1,
                1000,
                2000,
                (CompetencyContent(1, "Locks out"), CompetencyContent(2, "Reports")),
            ),
            ProcessContent("B", "B. Set-up", "", "", 2, 1000, None, (CompetencyContent(1, "Sets up"),)),
        ),
        "courses": (
            CourseContent("SAFETY", "Workplace Safety", "", "", 1, 400),
            CourseContent("MATH", "Industrial Math", "", "", 2, 400),
        ),
        "wage_steps": (
            WageStepContent(1, "Step 1", 0, None, None, None),
            WageStepContent(2, "Step 2", 1500, None, None, None),
        ),
        "credentials": (CredentialContent("OSHA10", "OSHA 10", "OSHA", 1),),
    }
    return StandardsContent(**said | changes)


def apprentice_row(**changes):
    """Ana's row of apprentices.csv, as the file has it."""
    said = {
        "line": 1,
        "apprentice_ref": "T-0001",
        "first_name": "Ana",
        "last_name": "Xiong",
        "email": "ana@example.org",
        "date_of_birth": date(1990, 4, 10),
        "employer": "Acme",
        "employer_state": "PA",
        "sponsor": SPONSOR,
        "job_title": "Material Handler",
        "registered_on": REGISTERED_ON,
        "status": "ACTIVE",
    }
    return ApprenticeRow(**said | changes)


@pytest.fixture
def priya(db):
    """Intermediary staff."""
    return create_person(name="Priya", email="priya@example.org", password=PASSWORD, is_staff=True, by=system_user())


@pytest.fixture
def ada(priya):
    """Auditor."""
    return create_person(name="Ada", email="ada@example.org", password=PASSWORD, is_auditor=True, by=priya)


@pytest.fixture
def standards(priya):
    """Version 1 of the small program."""
    return load_standards(content=small_content(), by=priya).standards


@pytest.fixture
def sponsor(standards):
    return standards.sponsor


@pytest.fixture
def acme(priya):
    return employer_of(name="Acme", state="PA", by=priya)


@pytest.fixture
def ana(priya):
    """The user; the agreement is `ana_at_acme`."""
    return create_person(name="Ana Xiong", email="ana@example.org", password=PASSWORD, by=priya)


@pytest.fixture
def ana_at_acme(ana, acme, standards, priya):
    """Ana's Apprenticeship T-0001 at Acme, ACTIVE since her registration."""
    register(rows=[apprentice_row()], by=priya)
    agreement = Apprenticeship.objects.get(ref="T-0001")
    give_sign_in(apprentice=agreement.apprentice, user=ana, by=priya)
    standards.refresh_from_db()
    return agreement


@pytest.fixture
def sam(ana_at_acme, acme, priya):
    """Supervisor at Acme, and Ana's."""
    user = create_person(name="Sam", email="sam@example.org", password=PASSWORD, by=priya)
    add_member(user=user, employer=acme, role=EmployerMembership.Role.SUPERVISOR, on=REGISTERED_ON, by=priya)
    role = Supervision.Role.SUPERVISOR
    assign(apprenticeships=[ana_at_acme], user=user, role=role, on=REGISTERED_ON, by=priya)
    return user


@pytest.fixture
def oscar(priya):
    """Supervisor at Other Works."""
    user = create_person(name="Oscar", email="oscar@example.org", password=PASSWORD, by=priya)
    other = employer_of(name="Other Works", state="PA", by=priya)
    add_member(user=user, employer=other, role=EmployerMembership.Role.SUPERVISOR, on=REGISTERED_ON, by=priya)
    return user


@pytest.fixture
def lee(acme, priya):
    """Labor representative of the local that covers Acme."""
    user = create_person(name="Lee", email="lee@example.org", password=PASSWORD, by=priya)
    add_local_member(user=user, local="Local 1", on=REGISTERED_ON, by=priya)
    cover_employer(local=user.local_memberships.get().local, employer=acme, on=REGISTERED_ON, by=priya)
    return user
