"""Who is registered by a day, with the status on that day and what people said of themselves."""

from apprentices.models import SelfIdentification, StatusChange
from apprentices.queries.facts import registered
from imt.moments import consistent_read
from reports.rules.cohorts import Registered, cohort_tables, is_person_of_color, is_woman


def cohorts_document(*, as_of):
    """The whole answer with every figure (contract: Cohorts): for the command and the equal-opportunity role."""
    return {"as_of": as_of.isoformat(), **cohort_tables(registered_people(as_of=as_of))}


def registered_people(*, as_of):
    """[Registered] of every sponsor, from three reads. Self-identification is decrypted here and summed in Python; it
    leaves as two yes-or-no answers without a name."""
    with consistent_read():
        statuses = statuses_on(as_of)
        answers = _answers()
        rows = list(
            registered(as_of=as_of)
            .order_by()
            .values_list("pk", "apprentice", "employer__name", "employer__state", "cohort__name", "registered_on")
        )
    nothing_said = (False, False)
    return [
        Registered(
            employer,
            state,
            cohort or "",
            registered_on.year,
            statuses.get(pk, StatusChange.Status.REGISTERED.value),
            *answers.get(apprentice, nothing_said),
        )
        for pk, apprentice, employer, state, cohort, registered_on in rows
    ]


def statuses_on(day):
    """{apprenticeship id: status} on a day, from the dated changes; who has none yet is REGISTERED."""
    latest_last = StatusChange.objects.known().filter(happened_on__lte=day).order_by("happened_on", "recorded_at", "pk")
    return dict(latest_last.values_list("apprenticeship", "status"))


def _answers():
    """{apprentice id: (is a woman, is a person of color)}."""
    rows = SelfIdentification.objects.known().values_list("apprentice", "sex", "ethnicity", "race")
    return {
        apprentice: (is_woman(sex), is_person_of_color(ethnicity, race)) for apprentice, sex, ethnicity, race in rows
    }
