"""Requirements with the words of the standards beside their codes, and what stands behind each."""

from dataclasses import dataclass

from apprentices.rules.journey_cards import Requirement
from employers.models import Course, CredentialRequirement, WorkProcess


@dataclass(frozen=True, slots=True)
class DescribedRequirement:
    """`kind` is the part of the code before the colon, `subject` the part after it, `title` the standards' words."""

    requirement: Requirement
    kind: str
    subject: str
    title: str


def described(requirements, *, standards):
    """DescribedRequirements in the order given; `standards` is the id of the version they were judged under."""
    titles = {
        "OJL_PROCESS": _titles(WorkProcess, standards),
        "RI_COURSE": _titles(Course, standards),
        "CREDENTIAL": _titles(CredentialRequirement, standards),
    }
    rows = []
    for requirement in requirements:
        kind, _colon, subject = requirement.code.partition(":")
        title = titles.get(kind, {}).get(subject, subject)
        rows.append(DescribedRequirement(requirement, kind, subject, title))
    return rows


def _titles(model, standards):
    return dict(model.objects.filter(standards=standards).values_list("code", "title"))
