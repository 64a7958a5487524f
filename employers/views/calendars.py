"""How an employer's weeks run: settings and shifts from a day on, closed days. Managers change them, others read."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from employers.actions import calendars
from employers.forms.calendars import ClosingForm, HolidaysForm, OpeningForm, SettingsForm, ShiftsForm
from employers.forms.errors import listed_errors
from employers.models import Employer, EmployerSettings, ShiftPattern
from employers.permissions import approves_hours, is_labor, runs_employer
from employers.queries.calendar_pages import calendar_of
from employers.queries.calendars import today_at
from imt.accounts.decorators import allow
from imt.accounts.permissions import is_auditor, is_staff

EMPLOYERS_PER_PAGE = 50
YEARS = range(2001, 2099)


@require_safe
@allow(is_staff, is_auditor, approves_hours, is_labor)
def employers_settings(request):
    """To the settings of the one employer that the user belongs to; a list where there are several."""
    employers = Employer.objects.visible_to(request.user)
    words = request.GET.get("q", "")
    page = Paginator(employers.filter(name__icontains=words), EMPLOYERS_PER_PAGE).get_page(request.GET.get("page"))
    if page.paginator.count == 1 and not words:
        return redirect("employer_settings", page[0].pk)
    context = {
        "page": page,
        "words": words,
        "today": timezone.localdate(),
        "is_decider": is_staff(request.user) or approves_hours(request.user),
    }
    return render(request, "employers/calendars/employers_settings.html", context)


@require_http_methods(["GET", "POST"])
@allow(is_staff, is_auditor, approves_hours, is_labor)
def employer_settings(request, key):
    """What holds, what held when and what is to come; for who may change it, with forms."""
    employer = get_object_or_404(Employer.objects.visible_to(request.user), pk=key)
    today = today_at(employer)
    year = _year(request, today)
    found = calendar_of(employer, today=today, year=year)
    if request.method == "GET":
        return _page(request, employer, found, year, today)
    if not runs_employer(request.user, employer):
        raise PermissionDenied
    name = request.POST.get("act", "")
    if name.startswith("withdraw-"):
        return _withdrawn(request, employer, name)
    if name not in _ACTS:
        raise Http404
    form = _forms(found, year, today)[name](request.POST)
    if form.is_valid():
        try:
            messages.success(request, _ACTS[name](employer, form, request.user))
            return redirect(_address(employer, year))
        except calendars.CalendarRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    return _page(request, employer, found, year, today, {name: form})


def _settings(employer, form, by):
    from_on = form.cleaned_data["from_on"]
    calendars.lay_settings(employer=employer, from_on=from_on, by=by, **form.said())
    return _("Laid down from %(day)s on.") % {"day": date_format(from_on, "F j, Y")}


def _shifts(employer, form, by):
    from_on = form.cleaned_data["from_on"]
    calendars.lay_shifts(employer=employer, from_on=from_on, hours=form.hours(), by=by)
    return _("Laid down from %(day)s on.") % {"day": date_format(from_on, "F j, Y")}


def _closing(employer, form, by):
    count = calendars.close_days(employer=employer, days=form.days(), by=by)
    return ngettext("%(count)d day closed.", "%(count)d days closed.", count) % {"count": count}


def _opening(employer, form, by):
    count = calendars.open_days(employer=employer, days=form.days(), by=by)
    return ngettext("%(count)d day opened again.", "%(count)d days opened again.", count) % {"count": count}


_ACTS = {"settings": _settings, "shifts": _shifts, "closing": _closing, "holidays": _closing, "opening": _opening}


def _forms(found, year, today):
    """{name: a function that makes the form, of what was sent or of nothing}."""
    return {
        "settings": lambda data=None: SettingsForm(data, in_force=found.in_force, today=today),
        "shifts": lambda data=None: ShiftsForm(data, in_force=found.shift_hours, today=today),
        "closing": lambda data=None: ClosingForm(data),
        "holidays": lambda data=None: HolidaysForm(data, year=year, closed=found.closed),
        "opening": lambda data=None: OpeningForm(data, closed=found.closed),
    }


def _withdrawn(request, employer, name):
    """Take back a row of a day to come: `withdraw-settings-7`, `withdraw-shifts-7`."""
    kind, _hyphen, key = name.removeprefix("withdraw-").partition("-")
    model = {"settings": EmployerSettings, "shifts": ShiftPattern}.get(kind)
    if model is None or not key.isdecimal() or len(key) > 18:
        raise Http404
    row = get_object_or_404(model.objects.select_related("employer"), pk=key, employer=employer)
    try:
        calendars.withdraw(row=row, by=request.user)
        messages.success(request, _("Taken back."))
    except calendars.CalendarRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("employer_settings", employer.pk)


def _year(request, today):
    text = request.GET.get("year", "")
    return int(text) if text.isdecimal() and len(text) == 4 and int(text) in YEARS else today.year


def _address(employer, year):
    return f"{reverse('employer_settings', args=[employer.pk])}?year={year}"


def _page(request, employer, found, year, today, sent=None):
    may_change = runs_employer(request.user, employer)
    sent = sent or {}
    shown = {name: sent.get(name) or make() for name, make in _forms(found, year, today).items()} if may_change else {}
    return render(
        request,
        "employers/calendars/employer_settings.html",
        {
            "employer": employer,
            "calendar": found,
            "forms": shown,
            "open_form": next(iter(sent), ""),
            "errors": [error for form in sent.values() for error in listed_errors(form)],
            "year": year,
            "years": [one for one in (year - 1, year, year + 1) if one in YEARS],
            "today": today,
            "is_decider": is_staff(request.user) or approves_hours(request.user),
        },
    )
