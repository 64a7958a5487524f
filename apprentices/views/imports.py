"""Files of hours: their history, the upload, and the page of a file from its check to its undoing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apprentices.actions import hour_files
from apprentices.actions.batch_undo import UndoRefused, undo_batch
from apprentices.actions.hour_file_runs import AT_WORK, waiting_files
from apprentices.actions.hour_shapes import lay_presets
from apprentices.files.hour_previews import unpacked
from apprentices.forms.errors import listed_errors
from apprentices.forms.imports import FIELDS, UploadForm, repairs_of
from apprentices.models import Apprenticeship, HourFile
from apprentices.permissions import (
    decidable_by,
    importing_employers,
    imports_hours,
    imports_hours_of,
    opens_hour_file,
    sees_imports,
)
from apprentices.queries.imports import imports_of
from apprentices.views.access import refuse_unless
from employers.permissions import NotAllowed
from employers.rules.rows import ACCEPTED, CHANGED, ERROR, SKIPPED
from imt.accounts.actions import system_user
from imt.accounts.decorators import allow
from imt.queue import wake

FILES_PER_PAGE = 20
LINES_PER_PAGE = 50
State = HourFile.State
OUTCOMES = (ERROR, ACCEPTED, CHANGED, SKIPPED)


@require_http_methods(["GET", "POST"])
@allow(sees_imports)
def imports(request):
    """What was taken in, and the upload of a further file."""
    today = timezone.localdate()
    employers = importing_employers(request.user, on=today)
    if request.method == "GET":
        return _imports(request, UploadForm(employers=employers))
    refuse_unless(imports_hours(request.user))
    lay_presets(by=system_user())
    form = UploadForm(request.POST, request.FILES, employers=employers)
    if not form.is_valid():
        return _imports(request, form)
    looked = form.looked
    try:
        hour_file = hour_files.upload(
            employer=form.cleaned_data["employer"],
            file_name=form.cleaned_data["file"].name,
            content=form.cleaned_data["content"],
            columns=dict(looked.columns),
            day_first=looked.shape.day_first if looked.shape else False,
            by=request.user,
        )
    except hour_files.FileNotReady as error:
        form.add_error("file", str(error))
        return _imports(request, form, status=429)
    is_known = looked.shape is not None and looked.shape.employer_id is not None
    return redirect("import_words" if is_known else "import_columns", hour_file.pk)


def _imports(request, form, status=200):
    page = Paginator(imports_of(request.user), FILES_PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "apprentices/imports/imports.html",
        {
            "form": form if imports_hours(request.user) else None,
            "summary": listed_errors(form),
            "page": page,
            "today": timezone.localdate(),
        },
        status=status,
    )


@require_http_methods(["GET", "POST"])
@allow(sees_imports)
def import_file(request, key):
    """One file: how far it is, what would become of each line, what was taken in."""
    hour_file = visible_file(request.user, key)
    if request.method == "GET":
        return _file(request, hour_file)
    act = ACTS.get(request.POST.get("act"))
    if act is None:
        return HttpResponseBadRequest()
    try:
        return act(request, hour_file)
    except (hour_files.FileNotReady, UndoRefused, NotAllowed) as error:
        hour_file = visible_file(request.user, key)
        return _file(request, hour_file, refusal=str(error), status=409)


def visible_file(user, key):
    """The HourFile with that key, 404 where the user may not see it or there is none."""
    files = HourFile.objects.visible_to(user).select_related("employer", "uploaded_by", "run", "batch__undone_by")
    return get_object_or_404(files, pk=key)


def _repair(request, hour_file):
    refuse_unless(opens_hour_file(request.user, hour_file))
    repairs = repairs_of(request.POST, unpacked(hour_file.outcomes))
    if not repairs:
        raise hour_files.FileNotReady(_("No cell was changed."))
    hour_files.check(hour_file=hour_file, by=request.user, repairs=repairs)
    return redirect("import_file", hour_file.pk)


def _check(request, hour_file):
    refuse_unless(opens_hour_file(request.user, hour_file))
    hour_files.check(hour_file=hour_file, by=request.user)
    return redirect("import_file", hour_file.pk)


def _take_in(request, hour_file):
    refuse_unless(opens_hour_file(request.user, hour_file))
    partial, approve = "partial" in request.POST, "approve" in request.POST
    hour_files.take_in(hour_file=hour_file, by=request.user, approve=approve, partial=partial)
    return redirect("import_file", hour_file.pk)


def _discard(request, hour_file):
    refuse_unless(opens_hour_file(request.user, hour_file))
    hour_files.discard(hour_file=hour_file, by=request.user)
    messages.success(request, _("“%(file)s” was put aside. Nothing of it was taken in.") % {"file": hour_file})
    return redirect("imports")


def _undo(request, hour_file):
    today = timezone.localdate()
    refuse_unless(imports_hours_of(request.user, hour_file.employer, on=today))
    if hour_file.batch is None:
        raise UndoRefused(_("Nothing of this file was taken in."))
    undo_batch(batch=hour_file.batch, by=request.user, on=today)
    messages.success(request, _("The import is undone: every total is again what it was before."))
    return redirect("import_file", hour_file.pk)


ACTS = {"repair": _repair, "check": _check, "take_in": _take_in, "discard": _discard, "undo": _undo}


def _file(request, hour_file, *, refusal="", status=200):
    is_at_work = hour_file.state in AT_WORK
    if is_at_work and hour_file.pk in waiting_files():
        wake(hour_files.WORK, hour_file=hour_file.pk)  # its message may have been lost
    opens = opens_hour_file(request.user, hour_file)
    today = timezone.localdate()
    lines = unpacked(hour_file.outcomes) if opens and hour_file.state in (State.PREVIEWED, State.TAKEN_IN) else []
    counts = {name: hour_file.counts.get(name, 0) for name in OUTCOMES}
    show = request.GET.get("show", "")
    if show not in (*OUTCOMES, "all"):
        show = ERROR if counts[ERROR] else "all"
    shown = lines if show == "all" else [line for line in lines if line.outcome == show]
    columns = {field: column for column, field in hour_file.columns.items() if field}
    is_importer = imports_hours_of(request.user, hour_file.employer, on=today)
    decidable = decidable_by(request.user, Apprenticeship.objects.filter(employer=hour_file.employer), on=today)
    return render(
        request,
        "apprentices/imports/import_file.html",
        {
            "hour_file": hour_file,
            "counts": counts,
            "good": counts[ACCEPTED] + counts[CHANGED],
            "lines": sum(counts.values()),
            "page": _page(request, shown, columns),
            "show": show,
            "kept": f"show={show}",
            "opens": opens,
            "is_at_work": is_at_work,
            "is_importer": is_importer,
            "is_decider": is_importer and decidable.exists(),
            "refusal": refusal,
            "today": today,
        },
        status=status,
    )


def _page(request, lines, columns):
    """A page of lines as the template shows them: with the names of the file's columns."""
    page = Paginator(lines, LINES_PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = [
        {
            "line": line.line,
            "outcome": line.outcome,
            "cells": [(columns.get(field, field), text) for field, text in line.cells.items()],
            "column": columns.get(line.place) or FIELDS.get(line.field, line.field),
            "found": line.found,
            "expected": line.expected,
            "is_repairable": bool(line.place),
            "text": line.cells.get(line.place, ""),
        }
        for line in page.object_list
    ]
    return page


@require_safe
@allow(sees_imports)
def import_progress(request, key):
    """How far the work on a file is, for the page that watches it: lines done, of how many, and whether it goes on."""
    hour_file = visible_file(request.user, key)
    run = hour_file.run
    return JsonResponse(
        {
            "at_work": hour_file.state in AT_WORK,
            "done": run.done if run else 0,
            "total": run.total if run else 0,
            "label": hour_file.get_state_display(),
        },
        headers={"Cache-Control": "no-store"},
    )
