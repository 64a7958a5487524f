"""Attempts at courses, and what providers offer, as rows of a file name them."""

from apprentices.models import InstructionRecord
from apprentices.queries.naming import live_rows
from apprentices.rules.hour_lines import normalized
from employers.models import OfferedCourse


def offered_by_name():
    """{(provider, code or title), as `normalized`: OfferedCourse with its crosswalk}. A code beats a title."""
    titles, codes = {}, {}
    for course in OfferedCourse.objects.select_related("provider").prefetch_related("crosswalk"):
        provider = normalized(course.provider.name)
        titles.setdefault((provider, normalized(course.title)), course)
        codes[provider, normalized(course.code)] = course
    return titles | codes


def instruction_of(apprenticeships):
    """The attempts that stand, by what makes them known: {"results": {(apprenticeship id, course, provider, term,
    completed_on, result): (hours, grade)}, "open_records": {the first four: (id, hours, grade)}, "closed": {the first
    four}}."""
    fields = ("pk", "course_code", "provider__name", "term", "completed_on", "result", "hours", "grade")
    results, open_records, closed = {}, {}, set()
    for row in live_rows(InstructionRecord, apprenticeships, *fields):
        apprenticeship, pk, course, provider, term, completed_on, result, hours, grade = row
        begun = (apprenticeship, course, normalized(provider or ""), term)
        if completed_on is None:
            open_records[begun] = (pk, hours, grade)
        else:
            results[*begun, completed_on, result] = (hours, grade)
            closed.add(begun)
    return {"results": results, "open_records": open_records, "closed": closed}
