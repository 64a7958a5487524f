"""The person behind the apprenticeships: their way in, and two rows that turn out to be one person."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices.actions.facts import open_posting
from apprentices.models import Apprentice, Apprenticeship, SelfIdentification
from apprentices.queries.hours import worked_by_day
from employers.permissions import NotAllowed, require_keeper, require_manager
from imt.accounts.actions.people import create_person
from imt.accounts.models import User
from imt.audit.actions import record

DAY = 24


class NotOnePerson(ValueError):
    """The two rows cannot be one person; the message says why."""


class SignInRefused(ValueError):
    """No sign-in can be made so; the message says why and what to do."""


@transaction.atomic
def give_sign_in(*, apprentice, user, by):
    """From now on this user is the apprentice. An act of staff: an e-mail that happens to be the same proves
    nothing."""
    require_keeper(by)
    return _give_sign_in(apprentice, user, by)


@transaction.atomic
def make_sign_in(*, apprentice, email, employer, by):
    """A new user for an apprentice of the employer, an act of its manager. Made already: that one. Returns the User.

    SignInRefused where somebody signs in with the e-mail: whether it is the same person, only the staff can say."""
    require_manager(by, employer)
    apprentice = Apprentice.objects.select_for_update(no_key=True, of=("self",)).get(pk=apprentice.pk)
    if not apprentice.apprenticeships.filter(employer=employer).exists():
        raise NotAllowed(_("This is nobody of the employer's apprentices."))
    if apprentice.user:
        return apprentice.user
    if email and User.objects.filter(email=email.strip().lower()).exists():
        raise SignInRefused(_("Somebody signs in with this e-mail address already. Ask the staff of the program."))
    return _give_sign_in(apprentice, create_person(name=str(apprentice), email=email, by=by), by).user


def _give_sign_in(apprentice, user, by):
    apprentice.user = user
    apprentice.save(update_fields=["user"])
    record("apprentice.sign_in_given", by=by, subjects=[apprentice], details={"user": user.pk})
    return apprentice


@transaction.atomic
def join(*, person, other, reason, by):
    """The two Apprentices are one person: the apprenticeships of `other` are those of `person` from now on. What
    `other` was is kept, without an apprenticeship; its self-identification goes over where `person` has none.

    Contract, Who and what is known: known again by e-mail and birth date, "else by an act of staff". NotOnePerson where
    both sign in, or where together they worked more than 24 hours on a day."""
    require_keeper(by)
    people = Apprentice.objects.select_for_update(no_key=True).filter(pk__in=[person.pk, other.pk]).order_by("pk")
    person, other = sorted(people, key=lambda each: each.pk != person.pk)
    if person.user_id and other.user_id:
        raise NotOnePerson(_("Both have a user of their own."))
    agreements = Apprenticeship.objects.filter(apprentice=other)
    moment = open_posting(agreements.values_list("pk", flat=True))
    _refuse_long_days(person, other)
    details = {"person": person.pk, "other": other.pk, "reason": reason, "refs": [each.ref for each in agreements]}
    agreements.update(apprentice=person)
    _take_answers_over(person, other, by, moment)
    if other.user_id:
        user, other.user = other.user, None
        other.save(update_fields=["user"])
        person.user = user
        person.save(update_fields=["user"])
    record("apprentice.joined", by=by, subjects=[person, other], details=details)
    return person


def _refuse_long_days(person, other):
    hours = {}
    worked = worked_by_day([person.pk, other.pk], since=date.min, until=date.max)
    for (_person, day), total in worked.items():
        hours[day] = hours.get(day, 0) + total
    long_day = next((day for day, total in sorted(hours.items()) if total > DAY), None)
    if long_day:
        raise NotOnePerson(_("Together they worked more than 24 hours on %(day)s.") % {"day": long_day})


def _take_answers_over(person, other, by, moment):
    answers = SelfIdentification.objects.known()
    said = answers.filter(apprentice=other).first()
    if said is None or answers.filter(apprentice=person).exists():
        return
    answers.filter(pk=said.pk).update(voided_at=moment, voided_by=by)
    said.pk, said.apprentice, said.recorded_at, said.recorded_by = None, person, moment, by
    said.save(force_insert=True)
