"""An employer's people and how they sign in: its managers look after them, staff those of every employer; its
supervisors and auditors read."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apprentices.actions.people import SignInRefused, make_sign_in
from apprentices.forms.errors import listed_errors
from apprentices.forms.people import BY_MAIL, BadgeForm, EndForm, InviteForm, PinForm, RoleForm, TabletForm
from apprentices.models import Apprentice
from apprentices.queries.people import people_of, sign_in_of
from apprentices.views.access import refuse_unless
from apprentices.views.paper import paper_page
from employers.actions.badges import BadgeRefused, end_badge, give_badge, set_pin
from employers.actions.members import MemberRefused, add_invited_member, change_role, end_member
from employers.actions.tablets import offer_pairing, withdraw_device
from employers.models import Employer, EmployerMembership, PairedDevice
from employers.permissions import approves_hours, runs_employer
from imt.accounts.actions.invitations import SignsInAlready, invite, invite_by_mail
from imt.accounts.decorators import allow
from imt.accounts.models import User
from imt.accounts.permissions import is_auditor, is_staff

EMPLOYERS_PER_PAGE = 50
LOOKS_AFTER = (approves_hours, is_staff, is_auditor)


@require_safe
@allow(*LOOKS_AFTER)
def people(request):
    """Where somebody looks after one employer alone, its page; else the employers to choose from."""
    words = request.GET.get("q", "")
    employers = Employer.objects.visible_to(request.user).filter(name__icontains=words).order_by("name")
    page = Paginator(employers, EMPLOYERS_PER_PAGE).get_page(request.GET.get("page"))
    if page.paginator.count == 1 and not words:
        return redirect("employer_people", page[0].pk)
    context = {
        "page": page,
        "words": words,
        "kept": urlencode({"q": words}) if words else "",
        "today": timezone.localdate(),
    }
    return render(request, "apprentices/people/people.html", context)


@require_safe
@allow(*LOOKS_AFTER)
def employer_people(request, key):
    """The members, apprentices and tablets of one employer."""
    employer, may_change = _employer(request, key, to_look=True)
    found = people_of(employer, today=timezone.localdate(), moment=timezone.now())
    context = {
        "employer": employer,
        "found": found,
        "may_change": may_change,
        "tablet_form": TabletForm(),
        "today": timezone.localdate(),
    }
    return render(request, "apprentices/people/employer_people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*LOOKS_AFTER)
@never_cache
def invite_member(request, key):
    """Somebody new who acts for the employer."""
    employer, _may_change = _employer(request, key)
    form = InviteForm(request.POST or None, is_member=True)
    if form.is_valid():
        said = form.cleaned_data
        try:
            membership = add_invited_member(
                name=said["name"],
                email=said["email"],
                employer=employer,
                role=said["role"],
                on=timezone.localdate(),
                by=request.user,
            )
            return _invited(request, membership.user, employer, said)
        except (MemberRefused, BadgeRefused) as refused:
            form.add_error(refused.field or None, str(refused))
    return _invite_page(request, employer, form)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*LOOKS_AFTER)
@never_cache
def invite_apprentice(request, key, apprentice):
    """A sign-in for one of the employer's apprentices."""
    employer, _may_change = _employer(request, key)
    found = get_object_or_404(Apprentice.objects.filter(apprenticeships__employer=employer).distinct(), pk=apprentice)
    if found.user_id:
        return redirect("person", employer.pk, found.user_id)
    form = InviteForm(request.POST or None, is_member=False, initial={"email": found.email})
    if form.is_valid():
        said = form.cleaned_data
        try:
            user = make_sign_in(apprentice=found, email=said["email"], employer=employer, by=request.user)
            return _invited(request, user, employer, said)
        except SignInRefused as refused:
            form.add_error("email", str(refused))
        except BadgeRefused as refused:
            form.add_error(refused.field, str(refused))
    return _invite_page(request, employer, form, apprentice=found)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*LOOKS_AFTER)
@never_cache
def person(request, key, user):
    """One person at the employer: role, last day, invitation, badge and PIN. Each form is an act of its own."""
    employer, may_change = _employer(request, key, to_look=request.method != "POST")
    found = _user_of(employer, user)
    badge, _state = sign_in_of(found, employer, moment=timezone.now())
    membership = found.employer_memberships.filter(employer=employer).order_by("until_on").last()
    membership = found.employer_memberships.filter(employer=employer, until_on__isnull=True).first() or membership
    forms = _forms(request, membership, badge)
    act = request.POST.get("act", "")
    if act in ("mail", "paper"):
        return _invite_again(request, found, employer, act)
    if act == "end_badge" and badge:
        end_badge(badge=badge, on=timezone.localdate(), by=request.user)
        messages.success(request, _("The badge opens nothing any more."))
        return redirect("person", employer.pk, found.pk)
    if act in forms and forms[act].is_valid():
        try:
            _do(request, act, forms[act].cleaned_data, found, employer, membership, badge)
            return redirect("person", employer.pk, found.pk)
        except (MemberRefused, BadgeRefused) as refused:
            forms[act].add_error(refused.field or None, str(refused))
    badge, state = sign_in_of(found, employer, moment=timezone.now())
    context = {
        "employer": employer,
        "person": found,
        "membership": membership,
        "badge": badge,
        "state": state,
        "forms": forms,
        "may_change": may_change,
        "may_invite": not (found.email and found.has_usable_password()),
        "errors": [error for form in forms.values() if form.is_bound for error in listed_errors(form)],
    }
    return render(request, "apprentices/people/person.html", context)


@allow(*LOOKS_AFTER)
@require_POST
@never_cache
def pair_tablet(request, key):
    """A code for one tablet, shown once."""
    employer, _may_change = _employer(request, key)
    form = TabletForm(request.POST)
    if form.is_valid():
        code = offer_pairing(employer=employer, name=form.cleaned_data["name"], by=request.user)
        context = {"employer": employer, "name": form.cleaned_data["name"], "code": code}
        return render(request, "apprentices/people/pair_tablet.html", context)
    found = people_of(employer, today=timezone.localdate(), moment=timezone.now())
    context = {
        "employer": employer,
        "found": found,
        "may_change": True,
        "tablet_form": form,
        "today": timezone.localdate(),
        "errors": listed_errors(form),
    }
    return render(request, "apprentices/people/employer_people.html", context)


@allow(*LOOKS_AFTER)
@require_POST
def withdraw_tablet(request, key, device):
    """The tablet asks for no PIN any more."""
    employer, _may_change = _employer(request, key)
    found = get_object_or_404(PairedDevice.objects.select_related("employer"), pk=device, employer=employer)
    withdraw_device(device=found, by=request.user, moment=timezone.now())
    messages.success(request, _("The tablet is withdrawn. Whoever was signed in at it is out."))
    return redirect("employer_people", employer.pk)


def _employer(request, key, *, to_look=False):
    """(the Employer, whether the user may change its people). A stranger's is 404; what one may look at alone is, for
    any act, 403."""
    employer = get_object_or_404(Employer.objects.visible_to(request.user), pk=key)
    may_change = runs_employer(request.user, employer)
    refuse_unless(may_change or to_look)
    return employer, may_change


def _user_of(employer, key):
    people = User.objects.filter(
        Q(employer_memberships__employer=employer) | Q(apprentice__apprenticeships__employer=employer)
    )
    return get_object_or_404(people.distinct(), pk=key)


def _invite_page(request, employer, form, apprentice=None):
    context = {"employer": employer, "form": form, "apprentice": apprentice, "errors": listed_errors(form)}
    return render(request, "apprentices/people/invite.html", context)


def _invited(request, user, employer, said):
    """The badge, where one was given, and the invitation by mail or on paper. Who signs in already needs none."""
    if said["number"]:
        give_badge(user=user, employer=employer, number=said["number"], on=timezone.localdate(), by=request.user)
    if user.email and user.has_usable_password():
        messages.success(request, _("%(name)s signs in already, with the own password.") % {"name": user.name})
        return redirect("employer_people", employer.pk)
    return _send(request, user, employer, said["how"] == BY_MAIL)


def _invite_again(request, user, employer, act):
    try:
        return _send(request, user, employer, act == "mail" and bool(user.email))
    except SignsInAlready:
        messages.error(
            request, _("%(name)s has a password. A forgotten one is set anew by mail.") % {"name": user.name}
        )
        return redirect("person", employer.pk, user.pk)


def _send(request, user, employer, by_mail):
    moment = timezone.now()
    if by_mail:
        invite_by_mail(user=user, where=employer.name, by=request.user, moment=moment)
        messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": user.email})
        return redirect("employer_people", employer.pk)
    invitation, code = invite(user=user, by=request.user, moment=moment)
    badge, _state = sign_in_of(user, employer, moment=moment)
    return paper_page(request, invitation, code=code, employer=employer, badge=badge)


def _forms(request, membership, badge):
    """{act: form}; the one that was sent is bound."""
    sent = request.POST.get("act")

    def data(act):
        return request.POST if sent == act else None

    initial = {"role": membership.role, "until_on": timezone.localdate()} if membership else {}
    forms = {
        "badge": BadgeForm(data("badge"), initial={"number": badge.number if badge else ""}, prefix="badge"),
        "pin": PinForm(data("pin"), badge=badge, prefix="pin"),
    }
    if membership:
        forms["role"] = RoleForm(data("role"), initial=initial, prefix="role")
        forms["end"] = EndForm(data("end"), initial=initial, prefix="end")
    return forms


def _do(request, act, said, user, employer, membership, badge):
    today, by = timezone.localdate(), request.user
    if act == "badge":
        give_badge(user=user, employer=employer, number=said["number"], on=today, by=by)
        messages.success(request, _("The badge is theirs from today."))
    elif act == "pin":
        if badge is None:
            raise Http404
        set_pin(badge=badge, pin=said["pin"], by=by)
        messages.success(request, _("The PIN is set."))
    elif act == "role":
        change_role(membership=membership, role=said["role"], on=today, by=by)
        role = EmployerMembership.Role(said["role"]).label
        messages.success(request, _("%(name)s is %(role)s from today.") % {"name": user.name, "role": role})
    else:
        end_member(membership=membership, on=said["until_on"], by=by, today=today, moment=timezone.now())
        messages.success(request, _("The membership ends. What they logged and decided stays as it is."))
