"""The beginning of every action that changes a fact: lock, raise the position, read the clock."""

from django.db.models import F

from apprentices.models import Apprenticeship
from imt.moments import posting_moment
from imt.queue import wake

AT_ONCE = 5_000


def open_posting(apprenticeships):
    """Lock these apprenticeships (ids), raise their `facts_position` by one, and return the moment of the posting.

    Called first inside the action's transaction; locks in the order of keys, so that two postings never wait for each
    other in a ring. The workers are woken after the commit (contract: Who and what is known)."""
    keys = sorted(set(apprenticeships))
    for some in chunks(keys, AT_ONCE):
        found = Apprenticeship.objects.filter(pk__in=some)
        list(found.select_for_update().order_by("pk").values_list("pk"))
    moment = posting_moment()
    for some in chunks(keys, AT_ONCE):
        Apprenticeship.objects.filter(pk__in=some).update(facts_position=F("facts_position") + 1)
    if keys:
        wake("reports.refresh_progress")
    return moment


def chunks(items, size):
    for start in range(0, len(items), size):
        yield items[start : start + size]
