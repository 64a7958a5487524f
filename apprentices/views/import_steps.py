"""The steps of a file on its way in: what its columns are, what its words mean, and the file with its errors."""

import io
from pathlib import PurePath

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from apprentices.actions import hour_files
from apprentices.files.hour_previews import unpacked, with_errors
from apprentices.files.hour_shapes import Columns, fitted, look_at, open_uploaded, top_lines
from apprentices.forms.errors import listed_errors
from apprentices.forms.imports import ColumnsForm, WordsForm, shapes_of
from apprentices.models import HourFile
from apprentices.permissions import imports_hours, opens_hour_file, sees_imports
from apprentices.queries.hour_file_words import (
    people_of_files,
    people_to_choose,
    processes_to_choose,
    unknown_words,
)
from apprentices.views.access import refuse_unless
from apprentices.views.imports import visible_file
from imt.accounts.decorators import allow
from imt.sheets import TableRefused

MOST_WORDS = 200


@require_http_methods(["GET", "POST"])
@allow(sees_imports)
def import_columns(request, key):
    """Which column of the file is what: as it was recognized, for a person to correct."""
    hour_file = _own_file(request.user, key)
    content, name = bytes(hour_file.content), hour_file.file_name
    line = request.POST.get("line") or request.GET.get("line") or ""
    header_line = int(line) if line.isdecimal() and 0 < int(line) <= 20 else None
    shapes = shapes_of(hour_file.employer)
    looked = _looked(hour_file, content, header_line)
    if request.method == "GET":
        chosen = next((shape for shape in shapes if str(shape.pk) == request.GET.get("shape")), None)
        if chosen is not None:
            known = fitted(chosen.columns, looked.header.cells)
            columns = {column: known.get(column, "") for column in looked.columns}
            looked = Columns(looked.header, columns, looked.samples)
        day_first = chosen.day_first if chosen else hour_file.day_first
        remembered = chosen.name if chosen else ""
        initial = {"dates": "dmy" if day_first else "mdy", "remember_as": remembered}
        form = ColumnsForm(looked=looked, content=content, name=name, initial=initial)
        return _columns_page(request, hour_file, form, shapes, content, header_line)
    form = ColumnsForm(request.POST, looked=looked, content=content, name=name)
    if not form.is_valid():
        return _columns_page(request, hour_file, form, shapes, content, header_line)
    try:
        hour_files.name_columns(
            hour_file=hour_file,
            columns=form.columns(),
            day_first=form.cleaned_data["dates"] == "dmy",
            remember_as=form.cleaned_data["remember_as"],
            by=request.user,
        )
    except hour_files.FileNotReady as error:
        form.add_error(None, str(error))
        return _columns_page(request, hour_file, form, shapes, content, header_line, status=409)
    return redirect("import_words", hour_file.pk)


def _own_file(user, key):
    """The file, for those who may open its lines: others who see it get 403."""
    hour_file = visible_file(user, key)
    refuse_unless(imports_hours(user) and opens_hour_file(user, hour_file))
    return hour_file


def _looked(hour_file, content, header_line):
    """The Columns of the file with what was named so far; of another header line as its names say."""
    name = hour_file.file_name
    if header_line is None:
        shape = _Shape(hour_file.columns)
        found = look_at(io.BytesIO(content), name, [shape])
        if found.shape is shape or set(hour_file.columns) != set(found.columns):
            return found
        columns = {column: hour_file.columns[column] for column in found.columns}  # in the order of the file
        return Columns(found.header, columns, found.samples, found.problem)
    return look_at(io.BytesIO(content), name, header_line=header_line)


class _Shape:
    """What was named of a file, as a shape to look at it with."""

    def __init__(self, columns):
        self.columns = columns


def _columns_page(request, hour_file, form, shapes, content, header_line, status=200):
    lines = [
        (line, " · ".join(cell for cell in cells if cell)[:80])
        for line, cells in top_lines(io.BytesIO(content), hour_file.file_name)
        if any(cells)
    ]
    return render(
        request,
        "apprentices/imports/import_columns.html",
        {
            "hour_file": hour_file,
            "form": form,
            "rows": form.rows(),
            "summary": listed_errors(form),
            "shapes": shapes,
            "lines": lines,
            "header_line": header_line or form.looked.header.line,
            "is_guess": bool(form.looked.problem) and not form.is_bound,
            "today": timezone.localdate(),
        },
        status=status,
    )


@require_http_methods(["GET", "POST"])
@allow(sees_imports)
def import_words(request, key):
    """The badges and job codes of the file that nobody knows yet, once each: what they mean is remembered."""
    hour_file = _own_file(request.user, key)
    today = timezone.localdate()
    try:
        words = _unknown_words(request.user, hour_file, today)
    except TableRefused:
        return redirect("import_columns", hour_file.pk)
    form = WordsForm(
        request.POST if request.method == "POST" else None,
        words=words[:MOST_WORDS],
        people=people_to_choose(request.user, hour_file.employer, on=today),
        processes=processes_to_choose(hour_file.employer),
    )
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            hour_files.settle_words(hour_file=hour_file, words=form.settled(), by=request.user)
            hour_files.check(hour_file=hour_file, by=request.user)
        except hour_files.FileNotReady as error:
            refusal = str(error)
        else:
            return redirect("import_file", hour_file.pk)
    return render(
        request,
        "apprentices/imports/import_words.html",
        {
            "hour_file": hour_file,
            "form": form,
            "summary": [("", "", refusal)] if refusal else listed_errors(form),
            "more": max(len(words) - MOST_WORDS, 0),
            "today": today,
        },
        status=409 if refusal else 200,
    )


def _unknown_words(user, hour_file, today):
    people = people_of_files(user, hour_file.employer, on=today)
    records = open_uploaded(hour_file)
    return unknown_words(records, people, hour_file.employer)


@require_safe
@allow(sees_imports)
def import_errors(request, key):
    """The file as it was checked last, with a column `Errors`: to be repaired in a spreadsheet and loaded again."""
    hour_file = _own_file(request.user, key)
    if hour_file.state not in (HourFile.State.PREVIEWED, HourFile.State.TAKEN_IN):
        return redirect("import_file", hour_file.pk)
    records = open_uploaded(hour_file)
    content, media_type, ending = with_errors(records, unpacked(hour_file.outcomes))
    name = f"{PurePath(hour_file.file_name).stem} with errors.{ending}"
    return HttpResponse(
        content,
        content_type=media_type,
        headers={"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)},
    )
