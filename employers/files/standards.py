"""Reading the standards workbook: the four sheets that ApprenticeshipStandards.org publishes, and one of credentials.

Contract: import_standards. Refused is what cannot be computed with: a missing sheet or column, a code twice, a number
that is none, a minimum above its maximum, no process, an unknown type. What an agency forbids is not refused here: that
is `employers.rules.standards.standards_findings`."""

from dataclasses import replace
from operator import attrgetter

from django.utils.translation import gettext as _

from employers.files.faults import Fault
from employers.files.published_sheets import read_sheets, refuse
from employers.models import Competency, Course, CredentialRequirement, Sponsor, Standards, WageStep, WorkProcess
from employers.rules.standards import (
    COMPETENCY_BASED,
    FEDERAL_OFFICE,
    HYBRID,
    STATE_AGENCY,
    TIME_BASED,
    CompetencyContent,
    CourseContent,
    CredentialContent,
    ProcessContent,
    StandardsContent,
    WageStepContent,
    hours_text,
)
from imt.sheets import FROM_A_COMMAND, text_of

LONGEST_DESCRIPTION = 10_000
LONGEST_TERM = 600

_APPROACHES = {"timebased": TIME_BASED, "competencybased": COMPETENCY_BASED, "hybrid": HYBRID}
_NO_HYPHENS = str.maketrans("", "", " -\u00a0\u2010\u2011\u2012\u2013")


def read_standards(source, name, *, limits=FROM_A_COMMAND):
    """The StandardsContent of a workbook (path or seekable binary stream; `name` is what messages call it).

    TableRefused when it cannot be opened, StandardsRefused with every fault when it cannot be computed with."""
    faults = []
    rows = read_sheets(source, name, limits, faults)
    if not rows["Details"]:
        faults.append(Fault("Details", 2, "Sponsor Name", "", _("one row")))
        refuse(faults)
    content = StandardsContent(
        **_details(rows["Details"]),
        processes=_processes(rows["WorkProcesses"], faults),
        courses=_courses(rows["RelatedInstruction"]),
        wage_steps=_wage_steps(rows["WageSchedule"]),
        credentials=_credentials(rows["Credentials"]),
    )
    refuse(faults)
    return content


def process_code(title):
    """The text before the first period of the title; a title without a period is its own code."""
    code = title.partition(".")[0].strip()
    return code or title


def _longest(model, field):
    """As many characters as the column keeps."""
    return model._meta.get_field(field).max_length


def _details(rows):
    """The fields of StandardsContent that stand in the one row of Details."""
    for row in rows[1:]:
        row.fault("Sponsor Name", _("no second row: a workbook holds one program"))
    row = rows[0]
    approach = _approach(row)
    ojl_minimum, ojl_maximum = _pair(row, "Minimum OJT Hours", "Maximum OJT Hours", approach)
    ri_minimum, ri_maximum = _pair(row, "Minimum RSI Hours", "Maximum RSI Hours", approach)
    return {
        "sponsor_name": row.text("Sponsor Name", _longest(Sponsor, "name"), is_needed=True),
        "occupation": row.text("Occupation Title", _longest(Standards, "occupation"), is_needed=True),
        "existing_title": row.text("Existing Title", _longest(Standards, "existing_title")),
        "onet_code": row.text("Onet Code", _longest(Standards, "onet_code")),
        "rapids_code": row.text("RAPIDS Code", _longest(Standards, "rapids_code")),
        "approach": approach,
        "term_months": row.whole("Term (in months)", least=1, most=LONGEST_TERM),
        "ojl_minimum": ojl_minimum,
        "ojl_maximum": ojl_maximum,
        "ri_minimum": ri_minimum,
        "ri_maximum": ri_maximum,
        "ratio": row.ratio("Ratio of Apprentice to Journeyworker", _longest(Standards, "ratio")),
        "probation": row.text("Probationary Period", _longest(Standards, "probation")),
        "registration_state": row.text("Registration State", 60),
        "agency_kind": _agency_kind(row),
        "registered_on": row.day("Registration Date"),
        "updated_on": row.day("Latest Registration Update"),
    }


def _approach(row):
    found = row.text("Type", 60).casefold().translate(_NO_HYPHENS)
    if found not in _APPROACHES:
        row.fault("Type", _("Time-based, Competency-based or Hybrid"))
    return _APPROACHES.get(found, "")


def _agency_kind(row):
    found = row.text("OA or SAA", 60).upper()
    if found not in ("", FEDERAL_OFFICE, STATE_AGENCY):
        row.fault("OA or SAA", _("OA or SAA"))
    return found


def _pair(row, minimum_column, maximum_column, approach):
    """(minimum, maximum or None). Only competency-based standards may leave a total of hours open."""
    minimum = row.hours(minimum_column, is_needed=approach != COMPETENCY_BASED) or 0
    maximum = row.hours(maximum_column)
    _check_order(row, maximum_column, minimum, maximum)
    return minimum, maximum


def _check_order(row, column, minimum, maximum):
    if maximum is not None and minimum > maximum:
        row.fault(column, _("no less than the minimum, %(minimum)s") % {"minimum": hours_text(minimum)})


def _processes(rows, faults):
    """Each process once, with its competencies: its row is repeated for each skill."""
    if not rows:
        faults.append(Fault("WorkProcesses", 2, "Work Process Title", "", _("at least one work process")))
    found, competencies = {}, {}
    for row in rows:
        title = row.text("Work Process Title", _longest(WorkProcess, "title"), is_needed=True)
        key = process_code(title).casefold()
        if key in found:
            _check_repeated(row, found[key][0])
        elif title:
            found[key] = row, _process(row, title)
        competency = _competency(row)
        if competency:
            _check_once(row, "Skill Sort Order", competency.number, competencies.setdefault(key, {}), competency)
    processes = [
        replace(process, competencies=_in_order(competencies.get(key, {}), "number"))
        for key, (_row, process) in found.items()
    ]
    return tuple(sorted(processes, key=attrgetter("position")))


def _check_once(row, column, key, known, value):
    """Remember (line, value) under its key; a second value under the same key is a fault."""
    if key in known:
        found = text_of(row.cells[column]) or str(key)  # without a code: the title in its place
        row.fault(column, _("each only once; row %(row)d has it already") % {"row": known[key][0]}, found)
    known.setdefault(key, (row.line, value))


def _check_repeated(row, first):
    """A further row of a process says the same as its first; another title under the same code is a code twice."""
    for column in ("Work Process Title", "Work Process Sort Order", "Minimum Hours", "Maximum Hours"):
        expected = text_of(first.cells[column])
        if text_of(row.cells[column]) == expected or first.has_fault(column):
            continue
        if column == "Work Process Title":
            code = process_code(expected)
            row.fault(column, _("another code: row %(row)d has %(code)s") % {"row": first.line, "code": code})
            return
        row.fault(column, _("%(value)s as in row %(row)d") % {"value": expected or _("nothing"), "row": first.line})


def _process(row, title):
    code = process_code(title)
    if len(code) > _longest(WorkProcess, "code"):
        row.fault("Work Process Title", _("a code of at most 100 characters before the first period"))
    minimum, maximum = row.hours("Minimum Hours") or 0, row.hours("Maximum Hours")
    _check_order(row, "Maximum Hours", minimum, maximum)
    return ProcessContent(
        code=code,
        title=title,
        description=row.text("Work Process Description", LONGEST_DESCRIPTION),
        sub_category=row.text("Work Process Sub Category", _longest(WorkProcess, "sub_category")),
        position=row.whole("Work Process Sort Order", is_needed=True) or 0,
        minimum=minimum,
        maximum=maximum,
    )


def _competency(row):
    """The skill of a row; None where its cells are empty. Its number is how sign-offs name it."""
    title = row.text("Skill Title", _longest(Competency, "title"))
    if not title and row.is_empty("Skill Sort Order"):
        return None
    if not title:
        row.fault("Skill Title", _("a title for the skill of this number"))
    number = row.whole("Skill Sort Order", is_needed=True)
    return None if number is None else CompetencyContent(number, title)


def _courses(rows):
    known = {}
    for row in rows:
        title = row.text("Course Name", _longest(Course, "title"), is_needed=True)
        course = CourseContent(
            code=_code(row, "Course Code", title, _longest(Course, "code")),
            title=title,
            description=row.text("Course Description", LONGEST_DESCRIPTION),
            organization=row.text("Related Training Organization", _longest(Course, "organization")),
            position=row.whole("Course Sort Order", is_needed=True) or 0,
            hours=row.hours("Course Hours"),
        )
        _check_once(row, "Course Code", course.code.casefold(), known, course)
    return _in_order(known)


def _code(row, column, title, longest):
    """The code of a course or credential; published workbooks often leave it out: then its title is its own code."""
    code = row.text(column, longest)
    if not code and len(title) > longest:
        row.fault(column, _("a code, as the title has more than %(count)d characters") % {"count": longest})
    return code or title


def _in_order(known, order="position"):
    return tuple(sorted((value for _line, value in known.values()), key=attrgetter(order)))


def _wage_steps(rows):
    known = {}
    for row in rows:
        position = row.whole("Step Sort Order", is_needed=True) or 0
        step = WageStepContent(
            position=position,
            title=row.text("Step Level Title", _longest(WageStep, "title")) or f"Step {position}",
            ojl_hours=row.hours("Step OJT Hours"),
            ri_hours=row.hours("Step RSI Hours"),
            months=row.whole("Step Duration", most=LONGEST_TERM),
            percentage=row.percentage("Step OJT Percentage"),
        )
        _check_once(row, "Step Sort Order", position, known, step)
    return _in_order(known)


def _credentials(rows):
    known = {}
    for row in rows:
        title = row.text("Credential Title", _longest(CredentialRequirement, "title"), is_needed=True)
        credential = CredentialContent(
            code=_code(row, "Credential Code", title, _longest(CredentialRequirement, "code")),
            title=title,
            issuer=row.text("Credential Issuer", _longest(CredentialRequirement, "issuer")),
            position=row.whole("Credential Sort Order", is_needed=True) or 0,
        )
        _check_once(row, "Credential Code", credential.code.casefold(), known, credential)
    return _in_order(known)
