"""Who is in the demo: the standing cast, the firms of the source papers, apprentices in every state. All invented."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from apprentices.rules.rows import ApprenticeRow

SPONSOR, CATALYST = "WRTP/BIG STEP", "Catalyst Connection"
ACME, HAYES, RENAISSANCE = "Acme", "Hayes Performance Systems", "Renaissance Manufacturing Group"
OCEAN_SPRAY, BRADY, ALLEGHENY = "Ocean Spray", "Brady Corporation", "Allegheny Molding"

FIRMS = {
    ACME: "WI",
    HAYES: "WI",
    RENAISSANCE: "WI",
    OCEAN_SPRAY: "WI",
    BRADY: "WI",
    ALLEGHENY: "PA",
}


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who signs in. `role` of `employer`, MANAGER or SUPERVISOR; `flags` of the user."""

    name: str
    email: str
    employer: str = ""
    role: str = ""
    flags: tuple[str, ...] = ()


STAFF = Member("Priya Raman", "priya@example.org", flags=("is_staff",))
MEMBERS = (
    Member("Ada Lindqvist", "ada@example.org", flags=("is_auditor",)),
    Member("Lee Carter", "lee@example.org"),
    Member("Sam Kowalski", "sam@example.org", ACME, "SUPERVISOR"),
    Member("Maria Gomez", "maria@example.org", ACME, "MANAGER"),
    Member("Oscar Lund", "oscar@example.org", HAYES, "SUPERVISOR"),
    Member("Rita Brooks", "rita@example.org", RENAISSANCE, "SUPERVISOR"),
    Member("Owen Clark", "owen@example.org", OCEAN_SPRAY, "MANAGER"),
    Member("Bess Young", "bess@example.org", BRADY, "SUPERVISOR"),
    Member("Al Morris", "al@example.org", ALLEGHENY, "SUPERVISOR"),
)
LOCAL, LOCAL_COVERS = "United Steelworkers Local 2-232", (ACME, OCEAN_SPRAY)

SUPERVISORS = {member.employer: member for member in reversed(MEMBERS) if member.employer}


@dataclass(frozen=True, slots=True)
class Person:
    """One agreement of the demo. `weeks`: registered so many weeks ago; `signs_in`: has an account of their own;
    `answers`: the five of the self-identification."""

    ref: str
    first_name: str
    last_name: str
    employer: str
    weeks: int
    birth: date
    job_title: str
    rate: str
    cohort: str = ""
    email: str = ""
    status: str = "ACTIVE"
    signs_in: bool = False
    sponsor: str = SPONSOR
    answers: tuple[str, ...] = ("", "", "", "", "")

    def registered_on(self, today):
        """The Monday of the week in which they were registered."""
        return today - timedelta(days=today.weekday(), weeks=self.weeks)

    def row(self, line, today):
        """The ApprenticeRow, as apprentices.csv would have it."""
        sex, ethnicity, race, veteran, disability = self.answers
        return ApprenticeRow(
            line=line,
            apprentice_ref=self.ref,
            first_name=self.first_name,
            last_name=self.last_name,
            email=self.email,
            date_of_birth=self.birth,
            employer=self.employer,
            employer_state=FIRMS[self.employer],
            sponsor=self.sponsor,
            cohort=self.cohort,
            job_title=self.job_title,
            registered_on=self.registered_on(today),
            status=self.status,
            sex=sex,
            ethnicity=ethnicity,
            race=race,
            veteran=veteran,
            disability=disability,
            journeyworker_rate=Decimal(self.rate),
        )


_WOMAN_OF_COLOR = ("Female", "Hispanic or Latino", "White", "Non-Veteran", "No")
_WOMAN = ("Female", "Not Hispanic or Latino", "White", "Non-Veteran", "No")
_MAN_OF_COLOR = ("Male", "Not Hispanic or Latino", "Black or African American", "Non-Veteran", "No")
_MAN = ("Male", "Not Hispanic or Latino", "White", "Veteran", "No")
_ASIAN_WOMAN = ("Female", "Not Hispanic or Latino", "Asian", "Non-Veteran", "Yes")
_KOFI = {"first_name": "Kofi", "last_name": "Mensah", "email": "kofi@example.org", "birth": date(1993, 2, 27)}

PEOPLE = (
    Person(
        "ACME-01",
        "Ana",
        "Xiong",
        ACME,
        41,
        date(1994, 4, 10),
        "Material Handler",
        "27.50",
        "2026",
        "ana@example.org",
        signs_in=True,
        answers=_ASIAN_WOMAN,
    ),
    Person(
        "ACME-02",
        "Ben",
        "Okafor",
        ACME,
        76,
        date(1988, 9, 3),
        "Operator II",
        "27.50",
        "2025",
        "ben@example.org",
        signs_in=True,
        answers=_MAN_OF_COLOR,
    ),
    Person(
        "ACME-03",
        "Carla",
        "Ruiz",
        ACME,
        76,
        date(1991, 1, 22),
        "Core Setter",
        "27.50",
        "2025",
        "carla@example.org",
        signs_in=True,
        answers=_WOMAN_OF_COLOR,
    ),
    Person(
        "ACME-04",
        "Dao",
        "Vang",
        ACME,
        80,
        date(1985, 6, 14),
        "Operator II",
        "27.50",
        "2025",
        "dao@example.org",
        answers=_ASIAN_WOMAN,
    ),
    Person("ACME-05", "Eli", "Novak", ACME, 2, date(2004, 11, 30), "Assembler", "27.50", "2026", answers=_MAN),
    Person("ACME-06", "Fatima", "Haddad", ACME, 47, date(1996, 3, 8), "Assembler", "27.50", "2025", answers=_WOMAN),
    Person("ACME-07", "Greg", "Sims", ACME, 40, date(1979, 12, 1), "Material Handler", "27.50", "2026", answers=_MAN),
    Person("HAYES-01", "Hana", "Kim", HAYES, 27, date(1990, 7, 19), "Assembler", "29.50", answers=_ASIAN_WOMAN),
    Person("HAYES-02", "Ivan", "Petrov", HAYES, 100, date(1983, 5, 5), "Operator II", "29.50", answers=_MAN),
    Person("HAYES-03", "Joy", "Brown", HAYES, 20, date(1987, 10, 11), "Core Setter", "29.50", answers=_MAN_OF_COLOR),
    Person(
        "RMG-01",
        employer=RENAISSANCE,
        weeks=52,
        job_title="Machine Tender",
        rate="26.25",
        cohort="Cohort 1",
        answers=_MAN_OF_COLOR,
        **_KOFI,
    ),
    Person("ACME-08", employer=ACME, weeks=17, job_title="Machine Operator", rate="27.50", cohort="2026", **_KOFI),
    Person(
        "OS-01",
        "Lina",
        "Cruz",
        OCEAN_SPRAY,
        24,
        date(1999, 8, 2),
        "Line Operator",
        "33.50",
        "Cohort 2",
        "lina@example.org",
        signs_in=True,
        answers=_WOMAN_OF_COLOR,
    ),
    Person("OS-02", "Marco", "Bell", OCEAN_SPRAY, 1, date(2001, 2, 17), "Line Operator", "33.50", status="REGISTERED"),
    Person("BRADY-01", "Nia", "Scott", BRADY, 46, date(1992, 12, 24), "Press Operator", "24.50", answers=_WOMAN),
    Person(
        "ALM-01", "Omar", "Diaz", ALLEGHENY, 31, date(1989, 6, 9), "Molder", "26.75", sponsor=CATALYST, answers=_MAN
    ),
)
