"""Who may decide on whose weeks, whose turn it is, and what each version of a week was claimed by."""

from collections import defaultdict
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import F

from apprentices.models import Apprenticeship, HourEntry, Supervision
from apprentices.rules.deciding import Claimed, is_late, needs_second_person
from apprentices.rules.routing import Deciders, Turn, turn
from employers.models import EmployerMembership
from employers.queries.calendars import settings_on
from imt.accounts.models import User

BY_ROLE = {
    Supervision.Role.SUPERVISOR: "supervisors",
    Supervision.Role.MENTOR: "supervisors",
    Supervision.Role.SUBSTITUTE: "substitutes",
}


@dataclass(frozen=True, slots=True)
class WithWhom:
    """Whose turn a submitted week is, with names; `next_names` are those to whom it passes."""

    turn: Turn
    names: tuple[str, ...]
    next_names: tuple[str, ...]


def with_whom(timesheets, *, today):
    """{timesheet id: WithWhom} of submitted Timesheets with their apprenticeship, in five queries, or six where an
    employer may ask for a second person."""
    keys = {week.apprenticeship_id for week in timesheets}
    people = _people(keys)
    deciders, names = deciders_of(people, on=today)
    settings = settings_on({employer for employer, _own, _zone in people.values()}, on=today)
    claimed = claimed_versions(timesheets, on=today, settings=settings)
    found = {}
    for week in timesheets:
        employer, _own, zone = people[week.apprenticeship_id]
        of_one = deciders[week.apprenticeship_id]
        if needs_second_person(claimed[week.pk]):
            of_one = of_one.without(claimed[week.pk].claimed_by)
        one = turn(
            of_one,
            submitted_on=week.submitted_at.astimezone(ZoneInfo(zone)).date(),
            today=today,
            days=settings[employer].decide_within_days,
        )
        found[week.pk] = WithWhom(one, _named(one.people, names), _named(one.next_people, names))
    return found


def others_who_decide(apprenticeships, *, but, on):
    """{apprenticeship id: names of those at the employer who may decide on its weeks}, but for the users `but`."""
    deciders, names = deciders_of(_people(apprenticeships), on=on)
    return {key: _named(of_one.everybody - but, names) for key, of_one in deciders.items()}


def deciders_of(people, *, on):
    """({apprenticeship id: Deciders}, {user id: name}) of `people` {apprenticeship id: (employer id, the apprentice's
    own user id, time zone)}. Who is named for a person and does not work for the employer on that day cannot decide,
    and nobody decides on their own weeks."""
    names, of_employer, managers = {}, defaultdict(set), defaultdict(set)
    members = EmployerMembership.objects.in_force(on).filter(
        employer__in={employer for employer, _own, _zone in people.values()},
        user__is_active=True,
        user__kind=User.Kind.PERSON,
    )
    for employer, user, name, role in members.values_list("employer", "user", "user__name", "role"):
        names[user] = name
        of_employer[employer].add(user)
        if role == EmployerMembership.Role.MANAGER:
            managers[employer].add(user)
    named = defaultdict(lambda: defaultdict(set))
    rows = Supervision.objects.in_force(on).filter(apprenticeship__among=people)
    for key, user, role in rows.values_list("apprenticeship", "user", "role"):
        named[key][BY_ROLE[role]].add(user)
    return {
        key: _deciders(of_employer[employer] - {own}, managers[employer], named[key])
        for key, (employer, own, _zone) in people.items()
    }, names


def _deciders(everybody, managers, named):
    supervisors = named["supervisors"] & everybody
    return Deciders(
        supervisors=frozenset(supervisors),
        substitutes=frozenset(named["substitutes"] & everybody - supervisors),
        managers=frozenset(managers & everybody),
        everybody=frozenset(everybody),
    )


def _people(apprenticeships):
    rows = Apprenticeship.objects.filter(pk__among=apprenticeships).order_by()
    columns = ("pk", "employer", "apprentice__user", "employer__time_zone")
    return {key: (employer, own, zone) for key, employer, own, zone in rows.values_list(*columns)}


def _named(people, names):
    return tuple(sorted(names[key] for key in people))


def claimed_versions(weeks, *, on, settings=None):
    """{timesheet id: Claimed} of the present versions of Timesheets (with their apprenticeship). Who logged entries is
    read only of weeks where it can matter. `settings` of the employers on that day, where the caller has them."""
    if settings is None:
        settings = settings_on({week.apprenticeship.employer_id for week in weeks}, on=on)
    asked = [week.pk for week in weeks if _matters(settings[week.apprenticeship.employer_id], week)]
    claimed_by, late = defaultdict(set), {week.pk for week in weeks if week.late_reason}
    entries = HourEntry.objects.filter(timesheet__among=asked, version=F("timesheet__version")) if asked else ()
    for week, user, day, moment, employer, zone in _rows(entries):
        claimed_by[week].add(user)
        if is_late(day, moment.astimezone(ZoneInfo(zone)).date(), settings[employer].late_after_days):
            late.add(week)
    return {
        week.pk: Claimed(
            own_logging=settings[week.apprenticeship.employer_id].own_logging,
            is_late=week.pk in late,
            claimed_by=frozenset(claimed_by[week.pk] | {week.submitted_by_id}),
        )
        for week in weeks
    }


def _matters(settings, week):
    return settings.own_logging != "DECIDED" or settings.late_after_days is not None or bool(week.late_reason)


def _rows(entries):
    if not entries:
        return ()
    return entries.order_by().values_list(
        "timesheet", "logged_by", "worked_on", "logged_at", "employer", "employer__time_zone"
    )


def who_should_log(apprenticeship, *, on):
    """Users who should report this person's weeks: the apprentice where the employer lets apprentices log, and the
    supervisors named, or else everybody who logs for the employer."""
    people = _people([apprenticeship.pk])
    deciders, _names = deciders_of(people, on=on)
    of_one = deciders[apprenticeship.pk]
    keys = set(of_one.supervisors or of_one.everybody)
    own = people[apprenticeship.pk][1]
    if own and settings_on([apprenticeship.employer_id], on=on)[apprenticeship.employer_id].apprentices_log_hours:
        keys.add(own)
    return list(User.objects.filter(pk__in=keys, is_active=True, kind=User.Kind.PERSON).order_by("name", "pk"))
