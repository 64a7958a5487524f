"""Judging the rows of a registration one after the other, beside what is known and what earlier rows have said. Writes
nothing: `apprenticeships.register` does."""

from django.utils.translation import gettext as _

from apprentices.models import Apprentice, Apprenticeship
from apprentices.queries.ratios import ratio_findings_at
from apprentices.queries.registrations import Agreement, Person
from apprentices.rules.ages import AgeFacts, age_findings
from apprentices.rules.rows import SELF_IDENTIFICATION
from apprentices.rules.statuses import DatedStatus, first_statuses, status_difference
from employers.queries.standards import findings_of
from employers.rules.rows import ACCEPTED, CHANGED, SKIPPED, RowOutcome, refused

_OF_PERSON = ("first_name", "last_name")


class Register:
    """The state that rows are judged in. `agreements` {ref: Agreement}, `people` {e-mail: Person}, `employers` {name:
    Employer}, `newest` {sponsor name: [Standards]}, `chosen`: versions that settle which of several.

    After all rows: `new_agreements`, `changed_agreements`, `states` {employer name: state}, `warnings`."""

    def __init__(self, *, agreements, people, employers, newest, chosen, refuses, guardian_signed):
        self.agreements, self.people, self.newest, self.chosen = agreements, people, newest, tuple(chosen)
        self.states = {name: employer.state for name, employer in employers.items()}
        self.refuses, self.guardian_signed = refuses, guardian_signed
        self.new_agreements, self.warnings = [], []
        self._changed, self._refusals_of_standards = {}, {}

    def judge(self, row):
        """The RowOutcome of one row."""
        known = self.agreements.get(row.apprentice_ref)
        difference = self._employer_difference(row)
        if difference is None:
            difference = self._new(row) if known is None else self._known(row, known)
        if isinstance(difference, tuple):
            return refused(row.line, *difference)
        self.states[row.employer] = self.states.get(row.employer) or row.employer_state
        return RowOutcome(row.line, difference)

    @property
    def changed_agreements(self):
        return list(self._changed.values())

    def check_ratios(self):
        """Warn of the employers of new agreements that have more apprentices than journeyworkers allow."""
        employers = {agreement.apprenticeship.employer for agreement in self.new_agreements}
        for employer, finding in ratio_findings_at(employers):
            self.warnings.append(f"{employer.name}: {_(finding.sentence) % finding.values}")

    def _employer_difference(self, row):
        state = self.states.get(row.employer)
        if state and row.employer_state and state != row.employer_state:
            return "employer_state", row.employer_state, _("%(state)s as known of this employer") % {"state": state}
        return None

    def _known(self, row, known):
        """SKIPPED, CHANGED, or what differs as (field, found, expected)."""
        said = DatedStatus(row.status_on or row.registered_on, row.status, row.status_reason)
        differences = (
            self._person_difference(row, known.person),
            _values_difference(row, known.values),
            status_difference(known.history, said),
            _answers_difference(row, known.person, empty_says_so=known.person.agreements == 1),
        )
        for difference in differences:
            if isinstance(difference, tuple):
                return difference
        if "same" in differences:
            return SKIPPED
        known.history.append(said)
        known.to_record.append(said)
        if known.apprenticeship.pk is not None:
            self._changed[row.apprentice_ref] = known
        return CHANGED

    def _person_difference(self, row, person):
        apprentice = person.apprentice
        if row.email != apprentice.email:
            return "email", row.email, apprentice.email or _("none")
        if row.date_of_birth != person.date_of_birth:
            return _birth_date_difference(row)
        if person.agreements > 1:
            return None  # another agreement may have the name in another form
        for name in _OF_PERSON:
            if getattr(row, name) != getattr(apprentice, name):
                return name, getattr(row, name), getattr(apprentice, name)
        return None

    def _new(self, row):
        """ACCEPTED, or what is wrong as (field, found, expected)."""
        standards = self._standards_for(row)
        if isinstance(standards, tuple):
            return standards
        said = DatedStatus(row.status_on or row.registered_on, row.status, row.status_reason)
        if said.on < row.registered_on:
            return "status_on", said.on.isoformat(), _("the day of registration or a later one")
        person = self.people.get(row.email) if row.email else None
        if person and person.date_of_birth != row.date_of_birth:
            return _birth_date_difference(row)
        difference = (person and _answers_difference(row, person, empty_says_so=False)) or self._rules_difference(
            row, standards
        )
        if difference:
            return difference
        person = person or self._new_person(row)
        self._take_person(row, person)
        agreement = Agreement(
            Apprenticeship(
                ref=row.apprentice_ref,
                standards=standards,
                registered_on=row.registered_on,
                journeyworker_rate=row.journeyworker_rate,
            ),
            person,
            {name: getattr(row, name) for name in _COMPARED},
        )
        agreement.history = first_statuses(row.registered_on, said)
        agreement.to_record = list(agreement.history)
        self.agreements[row.apprentice_ref] = agreement
        self.new_agreements.append(agreement)
        return ACCEPTED

    def _standards_for(self, row):
        newest = self.newest.get(row.sponsor, [])
        chosen = [version for version in self.chosen if version.sponsor.name == row.sponsor]
        if len(chosen or newest) == 1:
            return (chosen or newest)[0]
        if not newest:
            return "sponsor", row.sponsor, _("a sponsor with standards")
        names = "; ".join(version.name for version in newest)
        return "sponsor", row.sponsor, _("one program, said by --standards, for it has: %(names)s") % {"names": names}

    def _rules_difference(self, row, standards):
        """What speaks against it goes into the warnings; in the office, what a rule forbids is refused."""
        facts = AgeFacts(row.date_of_birth, row.registered_on, self.guardian_signed)
        findings = [("date_of_birth", row.date_of_birth, finding) for finding in age_findings(facts)]
        if self.refuses:
            findings += [("sponsor", row.sponsor, finding) for finding in self._findings_of(standards)]
        for name, found, finding in findings:
            message = _(finding.sentence) % finding.values
            if self.refuses and finding.refuses:
                return name, found, message
            self.warnings.append(_("line %(line)d: %(message)s") % {"line": row.line, "message": message})
        return None

    def _findings_of(self, standards):
        if standards.pk not in self._refusals_of_standards:
            found = [finding for finding in findings_of(standards) if finding.refuses]
            self._refusals_of_standards[standards.pk] = found
        return self._refusals_of_standards[standards.pk]

    def _new_person(self, row):
        birth = row.date_of_birth.isoformat() if row.date_of_birth else ""
        apprentice = Apprentice(
            first_name=row.first_name, last_name=row.last_name, email=row.email, date_of_birth=birth
        )
        person = Person(apprentice, row.date_of_birth, dict.fromkeys(SELF_IDENTIFICATION, ""))
        if row.email:
            self.people[row.email] = person
        return person

    def _take_person(self, row, person):
        apprentice = person.apprentice
        person.agreements += 1
        if any(getattr(row, name) != getattr(apprentice, name) for name in _OF_PERSON):
            self.warnings.append(
                _("line %(line)d: known by this e-mail and birth date as %(name)s; the name is kept.")
                % {"line": row.line, "name": apprentice}
            )
        for name in SELF_IDENTIFICATION:
            answer = getattr(row, name)
            if answer and not person.answers[name]:
                person.answers[name] = answer
                person.has_new_answers = True


_COMPARED = (
    "employer",
    "employer_state",
    "sponsor",
    "cohort",
    "job_title",
    "registered_on",
    "journeyworker_rate",
)


def _values_difference(row, values):
    for name in _COMPARED:
        found, known = getattr(row, name), values[name]
        if name == "employer_state" and not (found and known):
            continue
        if found != known:
            return name, found, str(known) if known not in ("", None) else _("nothing, as recorded")
    return None


def _answers_difference(row, person, *, empty_says_so):
    """What a person said before is not shown to whoever imports a file. `empty_says_so`: an empty cell means did not
    self-identify; else, where the person has another agreement, it says nothing."""
    for name in SELF_IDENTIFICATION:
        found, known = getattr(row, name), person.answers[name]
        if found != known and ((known and found) or empty_says_so):
            return name, found, _("the answer as recorded")
    return None


def _birth_date_difference(row):
    return (
        "date_of_birth",
        row.date_of_birth.isoformat() if row.date_of_birth else "",
        _("the birth date known with this e-mail"),
    )
