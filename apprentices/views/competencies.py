"""The mentor's job book: what somebody has shown, signed off several at once, and taken back where it was wrong."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from apprentices.actions.competencies import sign_off, take_back_sign_offs
from apprentices.forms.apprenticeships import ReasonForm
from apprentices.forms.competencies import SignOffsForm
from apprentices.forms.errors import listed_errors
from apprentices.models import Apprenticeship, SignOff
from apprentices.permissions import is_apprentice, signable_by, signs_off, watches_a_crew
from apprentices.queries.competencies import competencies_of, crew_rows, processes_of
from apprentices.queries.crew import crew_of
from apprentices.queries.records import job_book
from apprentices.queries.standards import standards_in_force
from apprentices.rules.rows import SignOffRow
from apprentices.views.access import is_permitted, own_apprenticeship, refuse_unless, visible_apprenticeship
from employers.models import Competency
from employers.permissions import approves_hours
from employers.queries.calendars import today_at
from employers.rules.rows import RowError
from imt.accounts.decorators import allow

PEOPLE_PER_PAGE = 50


@require_http_methods(["GET", "POST"])
@allow(watches_a_crew)
def competencies(request, ref):
    """The job book of somebody in the crew; who may not sign reads it."""
    apprenticeship = visible_apprenticeship(request.user, ref)
    today = today_at(apprenticeship.employer)
    may_sign = is_permitted(signable_by, request.user, apprenticeship, on=today)
    if request.method == "POST":
        refuse_unless(may_sign)
    groups = _book(apprenticeship, today)
    by_key = {competency.pk: (group, competency) for group in groups for competency, _signed in group.rows}
    form = None
    if may_sign:
        form = SignOffsForm(
            request.POST if request.method == "POST" else None,
            choices=[(key, competency.title) for key, (_group, competency) in by_key.items()],
            label=_("Competencies"),
            asked=_("Select what was shown."),
            today=today,
        )
    clashes = []
    if form and form.is_bound and form.is_valid():
        picked = [by_key[int(key)] for key in form.cleaned_data["picked"]]
        rows = [
            _row(line, apprenticeship.ref, group.process.code, competency, form, request.user)
            for line, (group, competency) in enumerate(picked)
        ]
        clashes = _refused(request, rows, today)
        if not clashes:
            return redirect("competencies", apprenticeship.ref)
        groups = _book(apprenticeship, today)
    return render(
        request,
        "apprentices/competencies/competencies.html",
        {
            "apprenticeship": apprenticeship,
            "groups": groups,
            "form": form,
            "errors": listed_errors(form) if form else [],
            "clashes": [_clash(groups, picked[line][1]) for line in clashes],
            "picked": request.POST.getlist("picked"),
            "is_own": False,
            "today": today,
        },
        status=409 if clashes else 200,
    )


@require_safe
@allow(is_apprentice)
def my_competencies(request):
    """The apprentice's own job book, to read and print."""
    apprenticeship = own_apprenticeship(request.user, request.GET.get("apprenticeship", ""))
    today = today_at(apprenticeship.employer)
    return render(
        request,
        "apprentices/competencies/competencies.html",
        {"apprenticeship": apprenticeship, "groups": _book(apprenticeship, today), "is_own": True, "today": today},
    )


@require_http_methods(["GET", "POST"])
@allow(signs_off)
def take_back_sign_off(request, key):
    """A sign-off that was wrong stays in the history; the competency is open again."""
    visible = SignOff.objects.filter(apprenticeship__in=Apprenticeship.objects.visible_to(request.user))
    shown = visible.select_related("competency__work_process", "recorded_by", "apprenticeship__apprentice")
    row = get_object_or_404(shown, pk=key)
    apprenticeship = visible_apprenticeship(request.user, row.apprenticeship.ref)
    today = today_at(apprenticeship.employer)
    refuse_unless(is_permitted(signable_by, request.user, apprenticeship, on=today))
    if row.voided_at:
        messages.info(request, _("This sign-off was taken back already."))
        return redirect("competencies", apprenticeship.ref)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        take_back_sign_offs(sign_offs=[row], reason=form.cleaned_data["reason"], by=request.user, on=today)
        messages.success(request, _("Taken back: “%(title)s” is open again.") % {"title": row.competency.title})
        return redirect("competencies", apprenticeship.ref)
    return render(
        request,
        "apprentices/competencies/take_back_sign_off.html",
        {"sign_off": row, "apprenticeship": apprenticeship, "form": form, "errors": listed_errors(form)},
    )


@require_safe
@allow(watches_a_crew)
def crew_competencies(request):
    """Who of the crew lacks which competency of a work process."""
    today = timezone.localdate()
    crew = crew_of(request.user, on=today)
    processes = processes_of(list(crew.values_list("pk", flat=True)), on=today)
    wanted = request.GET.get("process", "")
    process, people = next((row for row in processes if str(row[0].pk) == wanted), (processes or [(None, set())])[0])
    page = Paginator(crew.filter(pk__among=people), PEOPLE_PER_PAGE).get_page(request.GET.get("page"))
    columns = competencies_of(process) if process else []
    rows = crew_rows(list(page), process, columns, on=today) if process else []
    return render(
        request,
        "apprentices/competencies/crew_competencies.html",
        {
            "processes": [row[0] for row in processes],
            "has_versions": len({row[0].standards_id for row in processes}) > 1,
            "process": process,
            "columns": [
                {"competency": competency, "open": sum(1 for row in rows if row.cells[place] is None)}
                for place, competency in enumerate(columns)
            ],
            "rows": rows,
            "page": page,
            "kept": f"process={process.pk}" if process else "",
            "may_sign": signs_off(request.user),
            "is_decider": request.user.is_staff or approves_hours(request.user),
            "today": today,
        },
    )


@require_http_methods(["GET", "POST"])
@allow(signs_off)
def crew_competency(request, key):
    """One competency, signed off for several people at once."""
    today = timezone.localdate()
    competency = get_object_or_404(Competency.objects.select_related("work_process"), pk=key)
    process = competency.work_process
    crew = crew_of(request.user, on=today)
    signable = signable_by(request.user, crew, on=today)
    in_force = standards_in_force(list(signable.values_list("pk", flat=True)), on=today)
    people = [key for key, standards in in_force.items() if standards == process.standards_id]
    if not people:
        raise Http404
    page = Paginator(signable.filter(pk__among=people), PEOPLE_PER_PAGE).get_page(request.GET.get("page"))
    rows = crew_rows(list(page), process, [competency], on=today)
    by_ref = {row.apprenticeship.ref: row for row in rows}
    form = SignOffsForm(
        request.POST if request.method == "POST" else None,
        choices=[(ref, str(row.apprenticeship.apprentice)) for ref, row in by_ref.items()],
        label=_("People"),
        asked=_("Select who has shown it."),
        today=today,
    )
    clashes = []
    if form.is_bound and form.is_valid():
        refs = form.cleaned_data["picked"]
        signed = [_row(line, ref, process.code, competency, form, request.user) for line, ref in enumerate(refs)]
        clashes = _refused(request, signed, today)
        if not clashes:
            return redirect(f"{reverse('crew_competencies')}?process={process.pk}")
        rows = crew_rows(list(page), process, [competency], on=today)
        now = {row.apprenticeship.ref: row for row in rows}
        clashes = [_signed_by(now[refs[line]].apprenticeship.apprentice, *now[refs[line]].cells) for line in clashes]
    return render(
        request,
        "apprentices/competencies/crew_competency.html",
        {
            "competency": competency,
            "process": process,
            "rows": [(row.apprenticeship, row.cells[0]) for row in rows],
            "form": form,
            "errors": listed_errors(form),
            "clashes": clashes,
            "picked": request.POST.getlist("picked"),
            "page": page,
            "today": today,
        },
        status=409 if clashes else 200,
    )


def _book(apprenticeship, today):
    standards = standards_in_force([apprenticeship.pk], on=today)[apprenticeship.pk]
    return job_book(apprenticeship, standards, on=today)


def _row(line, ref, process, competency, form, user):
    said = form.cleaned_data
    return SignOffRow(line, ref, process, competency.number, said["signed_on"], user.name, said["note"])


def _refused(request, rows, today):
    """Sign off; the lines of the rows that somebody else has signed meanwhile, and then nothing was written."""
    try:
        taken = sign_off(rows=rows, on=today, by=request.user)
    except RowError as error:
        return [outcome.line for outcome in error.errors]
    count = taken.counts.get("accepted", 0)
    if count:
        text = ngettext("%(count)d competency signed off.", "%(count)d competencies signed off.", count)
        messages.success(request, text % {"count": count})
    else:
        messages.info(request, _("That was signed off already; nothing changed."))
    return []


def _clash(groups, competency):
    signed = next(found for group in groups for one, found in group.rows if one.pk == competency.pk)
    return _signed_by(competency.title, signed)


def _signed_by(what, signed):
    return _("%(what)s: signed off by %(who)s on %(day)s already.") % {
        "what": what,
        "who": signed.signed_by,
        "day": date_format(signed.signed_on),
    }
