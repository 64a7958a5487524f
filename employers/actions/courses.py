"""Training providers, the courses that they offer, and the requirements that those meet."""

from django.db import transaction
from django.utils.translation import gettext as _

from employers.models import Course, CrosswalkRow, OfferedCourse, TrainingProvider
from employers.permissions import require_keeper
from employers.rules.rows import ACCEPTED, SKIPPED, RowOutcome, Taken, refuse_errors, refused
from imt.audit.actions import record


@transaction.atomic
def providers_of(*, names, by):
    """{name as given: TrainingProvider}, found without case and outer blanks, created where they are new."""
    known = {_folded(provider.name): provider for provider in TrainingProvider.objects.all()}
    wanted = {_folded(name): name for name in reversed(list(names))}
    new = [TrainingProvider(name=name) for key, name in wanted.items() if key not in known]
    TrainingProvider.objects.bulk_create(new, batch_size=500)
    record("provider.added", by=by, subjects=new, details=lambda provider: {"name": provider.name})
    return _ByFoldedName(known | {_folded(provider.name): provider for provider in new})


class _ByFoldedName(dict):
    def __getitem__(self, name):
        return super().__getitem__(_folded(name))


def _folded(name):
    return " ".join(name.split()).casefold()


@transaction.atomic
def offer_courses(*, rows, by):
    """Take in OfferedCourseRows: courses, and what each meets with how many hours. Returns Taken; RowError where a row
    is wrong. Known by (provider, course, meets); title and delivery are the course's (contract: The other files)."""
    require_keeper(by)
    providers = providers_of(names=[row.provider for row in rows], by=by)
    courses = {
        (course.provider_id, _folded(course.code)): course
        for course in OfferedCourse.objects.filter(provider__in=providers.values())
    }
    crosswalk = {
        (row.offered_course.provider_id, _folded(row.offered_course.code), _folded(row.meets)): row
        for row in CrosswalkRow.objects.filter(offered_course__in=courses.values()).select_related("offered_course")
    }
    new_courses, new_rows, outcomes = [], [], []
    for row in rows:
        key = (providers[row.provider].pk, _folded(row.course))
        difference = _difference(row, courses.get(key), crosswalk.get((*key, _folded(row.meets))))
        if difference:
            outcomes.append(refused(row.line, *difference))
            continue
        is_new = False
        if key not in courses:
            is_new = True
            courses[key] = OfferedCourse(
                provider=providers[row.provider], code=row.course, title=row.title, delivery=row.delivery
            )
            new_courses.append(courses[key])
        if row.meets and (*key, _folded(row.meets)) not in crosswalk:
            is_new = True
            met = CrosswalkRow(offered_course=courses[key], meets=row.meets, hours=row.meets_hours)
            crosswalk[*key, _folded(row.meets)] = met
            new_rows.append(met)
        outcomes.append(RowOutcome(row.line, ACCEPTED if is_new else SKIPPED))
    refuse_errors(outcomes)
    OfferedCourse.objects.bulk_create(new_courses, batch_size=500)
    CrosswalkRow.objects.bulk_create(new_rows, batch_size=500)
    said = {}
    for met in new_rows:
        said.setdefault(met.offered_course, []).append([met.meets, str(met.hours)])
    record("offered_course.added", by=by, subjects=new_courses, details=lambda course: {"code": course.code})
    record("offered_course.meets", by=by, subjects=list(said), details=lambda course: {"meets": said[course]})
    return Taken(outcomes, _meets_nothing(new_rows, rows))


def _difference(row, course, met):
    """What is wrong with a row as (field, found, expected), None where nothing is."""
    if course and row.title != course.title:
        return "title", row.title, _("%(value)s as recorded") % {"value": course.title}
    if course and row.delivery != course.delivery:
        return "delivery", row.delivery, _("%(value)s as recorded") % {"value": course.delivery}
    if row.meets and row.meets_hours is None:
        return "meets_hours", "", _("the hours with which it meets %(course)s") % {"course": row.meets}
    if not row.meets and row.meets_hours is not None:
        return "meets", "", _("the required course that it meets with these hours")
    if met and row.meets_hours != met.hours:
        return "meets_hours", row.meets_hours, _("%(value)s as recorded") % {"value": met.hours}
    return None


def _meets_nothing(new_rows, rows):
    """Warnings for what no standards require: it may be loaded later, or it is a slip."""
    required = set(Course.objects.filter(code__in={met.meets for met in new_rows}).values_list("code", flat=True))
    unknown = {met.meets for met in new_rows} - required
    return [
        _("line %(line)d: no standards require a course “%(course)s”") % {"line": row.line, "course": row.meets}
        for row in rows
        if row.meets in unknown
    ]
