"""Payroll beside the log: totals loaded, differences per person and week, settled with a reason."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apprentices.actions.payroll import NothingToSettle, load_payroll, settle_difference
from apprentices.forms.errors import listed_errors
from apprentices.forms.payroll import PayrollForm
from apprentices.models import Apprenticeship
from apprentices.permissions import decidable_by, importing_employers, imports_hours, sees_imports
from apprentices.queries.payroll import payroll_of, payroll_weeks, people_of_payroll
from apprentices.views.access import is_permitted, refuse_unless
from employers.permissions import NotAllowed
from employers.rules.rows import ACCEPTED, CHANGED, SKIPPED, RowError
from imt.accounts.decorators import allow

WEEKS_PER_PAGE = 50


@require_http_methods(["GET", "POST"])
@allow(sees_imports)
def payroll(request):
    """What payroll paid and what the log says, week by week."""
    today = timezone.localdate()
    form = PayrollForm(employers=importing_employers(request.user, on=today))
    if request.method == "GET":
        return _page(request, form)
    if "settle" in request.POST:
        return _settle(request, form, today)
    refuse_unless(imports_hours(request.user))
    form = PayrollForm(request.POST, request.FILES, employers=importing_employers(request.user, on=today))
    if form.is_valid():
        people = people_of_payroll(request.user, form.cleaned_data["employer"], on=today)
        try:
            taken = load_payroll(rows=form.rows, people=people, by=request.user, on=today)
        except RowError as error:
            form.add_lines(error.errors)
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _said(taken.counts))
            return redirect("payroll")
    return _page(request, form)


def _said(counts):
    return _("Payroll totals: %(new)d lines new, %(changed)d changed, %(same)d the same.") % {
        "new": counts.get(ACCEPTED, 0),
        "changed": counts.get(CHANGED, 0),
        "same": counts.get(SKIPPED, 0),
    }


def _settle(request, form, today):
    key = request.POST["settle"]
    total = get_object_or_404(payroll_of(request.user), pk=int(key) if key.isdecimal() and len(key) < 19 else 0)
    refuse_unless(is_permitted(decidable_by, request.user, total.apprenticeship, on=today))
    try:
        settle_difference(total=total, reason=request.POST.get(f"reason-{key}", ""), by=request.user, on=today)
    except NothingToSettle as error:
        return _page(request, form, refused={total.pk: str(error)}, status=409)
    messages.success(request, _("The difference is settled, with your reason."))
    return redirect("payroll")


def _page(request, form, *, refused=None, status=200):
    page = Paginator(payroll_of(request.user), WEEKS_PER_PAGE).get_page(request.GET.get("page"))
    weeks = payroll_weeks(page)
    today = timezone.localdate()
    shown = Apprenticeship.objects.filter(pk__in={week.total.apprenticeship_id for week in weeks})
    decidable = set(decidable_by(request.user, shown, on=today).values_list("pk", flat=True))
    refused = refused or {}
    summary = listed_errors(form) + [(f"reason-{key}", _("Why they differ"), text) for key, text in refused.items()]
    return render(
        request,
        "apprentices/payroll/payroll.html",
        {
            "form": form if imports_hours(request.user) else None,
            "summary": summary,
            "weeks": [(week, week.is_open and week.total.apprenticeship_id in decidable) for week in weeks],
            "refused": refused,
            "page": page,
            "today": today,
        },
        status=status,
    )
