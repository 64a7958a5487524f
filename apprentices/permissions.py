"""Who may do what to whose hours. Each answers for a whole queryset of apprenticeships; rows not in it are refused."""

from django.db.models import OuterRef, Q, Subquery

from apprentices.models import Apprenticeship, ApprovalLink, Supervision
from employers.models import Employer, EmployerSettings, LocalCoverage
from employers.permissions import approves_hours, is_labor, is_sponsor_member
from imt.accounts.models import User
from imt.accounts.permissions import is_auditor, is_staff, signed_in


def loggable_by(user, apprenticeships, *, on):
    """Those whose hours the user may log, submit and recall: staff and this system everyone's, managers and supervisors
    their employers', apprentices their own where the employer's settings allow it on that day."""
    if user.kind == User.Kind.SYSTEM or user.is_staff:
        return apprenticeships
    settings = EmployerSettings.objects.filter(employer=OuterRef("employer"), from_on__lte=on).order_by("-from_on")
    own = apprenticeships.alias(own_hours=Subquery(settings.values("apprentices_log_hours")[:1]))
    return own.filter(
        Q(employer__in=user.employer_memberships.in_force(on).values("employer"))
        | Q(apprentice__user=user, own_hours=True)
    )


def decidable_by(user, apprenticeships, *, on):
    """Those whose weeks the user may approve, return and amend: nobody decides on their own. Through a link: the one
    whose week it names, until it is used."""
    if user.kind == User.Kind.SYSTEM:
        return apprenticeships
    if user.kind == User.Kind.LINK:
        links = ApprovalLink.objects.filter(user=user, used_at__isnull=True)
        return apprenticeships.filter(pk__in=links.values("timesheet__apprenticeship"))
    others = apprenticeships.exclude(apprentice__user=user)
    if user.is_staff:
        return others
    return others.filter(employer__in=user.employer_memberships.in_force(on).values("employer"))


def signable_by(user, apprenticeships, *, on):
    """Those whose competencies the user may sign off: their dated mentors, supervisors and substitutes, managers and
    supervisors of the employer, and staff. Nobody signs their own."""
    if user.kind == User.Kind.SYSTEM:
        return apprenticeships
    others = apprenticeships.exclude(apprentice__user=user)
    if user.is_staff:
        return others
    return others.filter(
        Q(employer__in=user.employer_memberships.in_force(on).values("employer"))
        | Q(pk__in=Supervision.objects.in_force(on).filter(user=user).values("apprenticeship"))
    )


def reviewable_by(user, apprenticeships, *, on):
    """Those whose reviews the user may begin: whoever takes part in them, and staff."""
    others = signable_by(user, apprenticeships, on=on)
    if user.kind == User.Kind.SYSTEM or user.is_staff:
        return others
    covered = LocalCoverage.objects.in_force(on).filter(local__in=user.local_memberships.in_force(on).values("local"))
    return apprenticeships.filter(
        Q(apprentice__user=user) | Q(pk__in=others.values("pk")) | Q(employer__in=covered.values("employer"))
    )


def wishes_answerable_by(user, wishes, *, on):
    """Those Wishes that the user may answer: staff all, members of a sponsor those under its standards, labor those of
    the employers that the local covers. Nobody their own."""
    if user.kind == User.Kind.SYSTEM:
        return wishes
    others = wishes.exclude(apprenticeship__apprentice__user=user)
    if user.is_staff:
        return others
    covered = LocalCoverage.objects.in_force(on).filter(local__in=user.local_memberships.in_force(on).values("local"))
    sponsors = user.sponsor_memberships.in_force(on).values("sponsor")
    return others.filter(
        Q(apprenticeship__standards__sponsor__in=sponsors) | Q(apprenticeship__employer__in=covered.values("employer"))
    )


def is_apprentice(user):
    """Has an apprenticeship, past or present."""
    return signed_in(user) and Apprenticeship.objects.filter(apprentice__user=user).exists()


def is_mentor(user):
    """Is named the mentor, supervisor or substitute of somebody today."""
    return signed_in(user) and Supervision.objects.in_force().filter(user=user).exists()


def watches_a_crew(user):
    """May see the progress of others; of whom, `visible_to` says."""
    watchers = (is_staff, is_auditor, approves_hours, is_labor, is_sponsor_member, is_mentor)
    return any(predicate(user) for predicate in watchers)


def signs_off(user):
    """May sign somebody's competencies off; whose, `signable_by` says."""
    return any(predicate(user) for predicate in (is_staff, approves_hours, is_mentor))


def imports_hours(user):
    """Takes in files of hours: staff, and who manages or supervises at an employer."""
    return is_staff(user) or approves_hours(user)


def sees_imports(user):
    """May look at what was taken in."""
    return imports_hours(user) or is_auditor(user) or is_labor(user)


def importing_employers(user, *, on):
    """The employers whose files the user takes in: staff everybody's, managers and supervisors their own."""
    if user.kind == User.Kind.SYSTEM or user.is_staff:
        return Employer.objects.all()
    return Employer.objects.filter(pk__in=user.employer_memberships.in_force(on).values("employer"))


def imports_hours_of(user, employer, *, on):
    return importing_employers(user, on=on).filter(pk=employer.pk).exists()


def opens_hour_file(user, hour_file):
    """Whose lines these are: a file may name people of several employers, so that only who uploaded it and staff see
    them. The others of the employer see its history."""
    return user.is_staff or hour_file.uploaded_by_id == user.pk
