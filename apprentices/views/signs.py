"""What a week's page tells beside its hours: with whom it lies, and what is remarked about it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apprentices.models import Timesheet
from apprentices.queries.deciders import with_whom
from apprentices.queries.hints import hints_of


def signs_of(timesheet, *, today):
    """{"hints": ShownHints, "whom": WithWhom of a week that waits, else None}; of a week that nobody began, none."""
    if timesheet.pk is None:
        return {"hints": [], "whom": None}
    waits = timesheet.state == Timesheet.State.SUBMITTED
    return {
        "hints": hints_of([timesheet])[timesheet.pk],
        "whom": with_whom([timesheet], today=today)[timesheet.pk] if waits else None,
    }


def submitted_words(weeks):
    """What is said of weeks that were just submitted: some employers let them count at once."""
    if all(week.state == Timesheet.State.APPROVED for week in weeks):
        return _("Submitted and approved at once: the hours count.")
    return _("Submitted. The week now waits for a decision.")


def crew_submitted_words(weeks):
    """The same of several people's weeks, as sentences: of those that count, and of those that wait."""
    counting = sum(week.state == Timesheet.State.APPROVED for week in weeks)
    waiting = len(weeks) - counting
    words = []
    if counting:
        text = ngettext(
            "%(count)d week submitted and approved at once: its hours count.",
            "%(count)d weeks submitted and approved at once: their hours count.",
            counting,
        )
        words.append(text % {"count": counting})
    if waiting:
        text = ngettext(
            "%(count)d week submitted: it waits for a decision.",
            "%(count)d weeks submitted: they wait for a decision.",
            waiting,
        )
        words.append(text % {"count": waiting})
    return words
