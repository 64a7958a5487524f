"""Sign-off without an account: making a link for a named mentor, and the page that it opens."""

import segno
from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from apprentices.actions.approval_links import (
    LinkClosed,
    LinkRefused,
    decide_by_link,
    make_link,
    note_closed,
    open_link,
    withdraw_link,
)
from apprentices.forms.approval_links import LinkDecisionForm, MentorForm
from apprentices.forms.errors import listed_errors
from apprentices.models import Apprenticeship, ApprovalLink, Timesheet
from apprentices.permissions import decidable_by
from apprentices.queries.approvals import weeks_up_for_decision
from apprentices.queries.deciders import with_whom
from apprentices.views.access import is_permitted, refuse_unless
from employers.permissions import approves_hours
from imt.accounts.decorators import allow
from imt.accounts.permissions import anyone, is_staff
from imt.accounts.views.limits import attempt


@require_http_methods(["GET", "POST"])
@never_cache
@allow(is_staff, approves_hours)
def make_approval_link(request, key):
    """Name a mentor and get the link, as an address and as a QR code, once; or withdraw one that is open."""
    visible = Timesheet.objects.filter(apprenticeship__in=Apprenticeship.objects.visible_to(request.user))
    week = get_object_or_404(visible.select_related("apprenticeship__apprentice", "submitted_by"), pk=key)
    today = timezone.localdate()
    refuse_unless(is_permitted(decidable_by, request.user, week.apprenticeship, on=today))
    if "withdraw" in request.POST:
        return _withdrawn(request, week, today)
    form = MentorForm(request.POST if request.method == "POST" else None)
    made = None
    if form.is_bound and form.is_valid():
        try:
            link, token = make_link(timesheet=week, mentor=form.cleaned_data["mentor"], by=request.user, on=today)
        except LinkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            address = settings.SITE_ADDRESS + reverse("approval_link", args=[token])
            made = {"link": link, "address": address, "qr": segno.make(address, error="m").svg_data_uri(scale=6)}
    now = timezone.now()
    return render(
        request,
        "apprentices/approvals/make_approval_link.html",
        {
            "week": week,
            "form": form,
            "errors": listed_errors(form),
            "made": made,
            "links": week.approval_links.filter(used_at__isnull=True, expires_at__gt=now).select_related("user"),
            "today": today,
        },
        status=409 if form.non_field_errors() else 200,
    )


def _withdrawn(request, week, today):
    key = request.POST["withdraw"]
    link = get_object_or_404(ApprovalLink.objects.filter(timesheet=week), pk=key if key.isdecimal() else 0)
    withdraw_link(link=link, by=request.user, on=today)
    messages.success(request, _("The link opens nothing any more."))
    return redirect("make_approval_link", week.pk)


@csrf_exempt  # no session and no cookie: whoever holds the token may decide, and nobody else can name it
@require_http_methods(["GET", "POST"])
@never_cache
@allow(anyone)
def approval_link(request, token):
    """The week that a link names, to be approved or sent back, once. A closed link answers 410 and leaves a trace."""
    if attempt(request, "approval_link") is None:
        return _quiet(render(request, "429.html", status=429))
    try:
        link = open_link(token)
        if request.method == "GET":
            return _link_page(request, link, LinkDecisionForm())
        form = LinkDecisionForm(request.POST)
        if not form.is_valid():
            return _link_page(request, link, form)
        data = form.cleaned_data
        week = decide_by_link(token=token, approve=data["act"] == "approve", reason=data["reason"])
    except ApprovalLink.DoesNotExist:
        return _quiet(render(request, "404.html", status=404))
    except LinkClosed as closed:
        note_closed(closed)
        context = {"why": closed.why, "link": closed.link}
        return _quiet(render(request, "apprentices/approvals/closed_link.html", context, status=410))
    context = {"week": week, "link": link, "is_approved": week.state == Timesheet.State.APPROVED}
    return _quiet(render(request, "apprentices/approvals/decided_by_link.html", context))


def _link_page(request, link, form):
    week = link.timesheet
    whom = with_whom([week], today=timezone.localdate())
    (shown,) = weeks_up_for_decision([week], whom)
    context = {"link": link, "week": shown, "form": form, "errors": listed_errors(form)}
    return _quiet(render(request, "apprentices/approvals/approval_link.html", context))


def _quiet(response):
    """Not to be found, and not to be told on: the address is the key."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
