"""The beginning of every action that changes a fact: lock, read the clock, raise the position."""

from django.db.models import F

from apprentices.models import Apprentice, Apprenticeship
from imt.moments import posting_moment
from imt.queue import wake

NAMED = 100  # so many are named to the workers; of more they find out themselves


def open_posting(apprenticeships):
    """Lock these apprenticeships (ids), raise their `facts_position` by one, and return the moment of the posting.

    Called first inside the transaction of an action that will change a fact of each of them."""
    keys = set(apprenticeships)
    moment = lock_facts(keys)
    facts_changed(keys)
    return moment


def lock_facts(apprenticeships):
    """Lock these apprenticeships (ids) in the order of their keys, so that two postings never wait for each other in a
    ring, and return the moment of the posting (contract: Who and what is known)."""
    found = Apprenticeship.objects.filter(pk__among=set(apprenticeships))
    # no_key, here as everywhere: the checks of foreign keys, some of which wait until the commit, pass by this lock
    list(found.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    return posting_moment()


def lock_people(apprentices):
    """Lock these persons (ids), before `lock_facts`: a day is shared by all employers of a person, and who adds hours
    to it must see what the others add."""
    found = Apprentice.objects.filter(pk__among=set(apprentices))
    list(found.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def facts_changed(apprenticeships):
    """Raise `facts_position` of these apprenticeships (ids, locked) by one, and wake the workers after the commit."""
    keys = set(apprenticeships)
    Apprenticeship.objects.filter(pk__among=keys).update(facts_position=F("facts_position") + 1)
    if keys:
        wake("reports.refresh_progress", **({"apprenticeships": sorted(keys)} if len(keys) <= NAMED else {}))
