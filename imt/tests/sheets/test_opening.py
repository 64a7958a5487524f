"""Which kind of file it is, where its header stands, and the lines below it."""

import io
import os
import tracemalloc

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

from imt.sheets import FROM_A_PAGE, Header, HeaderMissing, Limits, TableRefused, open_table
from imt.tests.sheets.workbook_files import saved


def has_badge(cells):
    return "Badge" in cells


def opened(data, **options):
    return open_table(io.BytesIO(data), "f", **options)


def refusal(data, **options):
    with pytest.raises(TableRefused) as caught:
        list(opened(data, **options))
    return str(caught.value)


# delimiters


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Badge,Hours", ("Badge", "Hours")),
        ("Badge;Hours", ("Badge", "Hours")),
        ("Badge\tHours", ("Badge", "Hours")),
        ("Badge", ("Badge",)),
        ("Badge;Hours, worked;Note", ("Badge", "Hours, worked", "Note")),
        ("Badge,a;b,c", ("Badge", "a;b", "c")),
        ("Badge,a;Badge", ("Badge", "a;Badge")),  # as many fields: the comma
        ('"Badge";"Hours"', ("Badge", "Hours")),
    ],
)
def test_the_delimiter_gives_the_header_the_most_fields(text, cells):
    assert opened(text.encode(), is_header=has_badge).header == Header(1, cells)


def test_a_delimiter_under_which_no_header_is_recognized_does_not_count():
    table = opened(b"made by; a; b; c; d; e\nBadge,Hours\n1,8\n", is_header=has_badge)
    assert table.header == Header(2, ("Badge", "Hours"))
    assert list(table) == [(3, ["1", "8"])]


def test_without_a_recognizer_the_first_line_that_holds_anything_is_the_header():
    assert opened(b"\n\nref;hours\n").header == Header(3, ("ref", "hours"))


# the header


def test_a_header_in_the_twentieth_line_is_found_and_one_in_the_next_is_not():
    assert opened(b"title\n" * 19 + b"Badge\n", is_header=has_badge).header.line == 20
    assert "no header in the first 20 lines" in refusal(b"title\n" * 20 + b"Badge\n", is_header=has_badge)


def test_a_missing_header_comes_with_the_first_lines_of_every_reading():
    with pytest.raises(HeaderMissing) as caught:
        opened(b"a;b\nc;d\n", is_header=has_badge)
    assert caught.value.tops == [
        [(1, ["a;b"]), (2, ["c;d"])],
        [(1, ["a", "b"]), (2, ["c", "d"])],
        [(1, ["a;b"]), (2, ["c;d"])],
    ]


def test_a_broken_line_below_the_header_is_refused_only_when_it_is_read():
    table = opened(b'Badge\n1\n"2\n', is_header=has_badge)
    lines = iter(table)
    assert next(lines) == (2, ["1"])
    with pytest.raises(TableRefused, match="line 3"):
        next(lines)


def test_a_broken_first_line_is_named_rather_than_a_missing_header():
    assert "line 1: a quotation mark" in refusal(b'"Badge\n1\n', is_header=has_badge)


def test_a_table_can_be_read_as_often_as_wanted(tmp_path):
    path = tmp_path / "f.csv"
    path.write_bytes(b"Badge\n1\n2\n")
    for table in (open_table(path, "f.csv"), opened(b"Badge\n1\n2\n"), opened(saved([["Badge"], ["1"], ["2"]]))):
        assert list(table) == list(table) == [(2, ["1"]), (3, ["2"])]


# sheets


def test_the_first_shown_sheet_with_a_header_is_read():
    data = saved([["About this export"]], [["Title"], ["Badge"], ["1"]])
    assert list(opened(data, is_header=has_badge)) == [(3, ["1"])]


def test_two_sheets_with_lines_are_refused_rather_than_one_left_out():
    data = saved([["Badge"], ["1"]], [["Badge"], ["2"]], name="Week")
    assert "holds lines on several sheets: Week, Week1" in refusal(data, is_header=has_badge)


def test_an_empty_sheet_beside_the_filled_one_does_not_matter():
    data = saved([["Badge"]], [["Badge"], ["2"]], [["Badge"]])
    assert list(opened(data, is_header=has_badge)) == [(2, ["2"])]


def test_a_hidden_sheet_is_read_only_where_it_is_named():
    workbook = openpyxl.Workbook()
    workbook.active.append(["Badge"])
    hidden = workbook.create_sheet("Old")
    hidden.append(["Badge"])
    hidden.append(["1"])
    hidden.sheet_state = "hidden"
    stream = io.BytesIO()
    workbook.save(stream)
    assert list(opened(stream.getvalue(), is_header=has_badge)) == []
    assert list(opened(stream.getvalue(), sheet="old")) == [(2, ["1"])]


def test_a_sheet_that_is_not_there_is_named_beside_those_that_are():
    assert "no sheet Hours; found are: Sheet, Sheet1" in refusal(saved([["a"]], [["b"]]), sheet="Hours")


def test_formula_marks_of_a_workbook_are_taken_off():
    assert list(opened(saved([["Badge"], ["'=1+1", "'x"]]))) == [(2, ["=1+1", "'x"])]


# kinds and sizes


def test_the_content_tells_the_kind_and_not_the_name():
    assert not open_table(io.BytesIO(b"Badge\n1\n"), "f.xlsx").is_workbook
    assert open_table(io.BytesIO(saved([["Badge"]])), "f.csv").is_workbook


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old (.xls) or protected workbook"),
        (b"%PDF-1.7\n", "is a PDF"),
        (b"\xff\xfeB\0a\0", "UTF-16"),
        (b"PK\x03\x04 and nothing else", "not a whole XLSX workbook"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a zero byte"),
    ],
)
def test_other_kinds_of_files_are_refused(data, message):
    assert message in refusal(data)


def test_five_megabytes_are_read_from_a_page_and_no_more():
    line = b"x" * 1_023 + b"\n"
    assert opened(line * 5 * 1_024, limits=FROM_A_PAGE).header.line == 1
    assert "larger than 5 MB" in refusal(line * 5 * 1_024 + b"x", limits=FROM_A_PAGE)


@pytest.mark.parametrize("data", [b"Badge\n" + b"1\n" * 3, saved([["Badge"], ["1"], [], ["1"]])])
def test_lines_are_counted_below_the_header(data):
    assert len(list(opened(data, limits=Limits(lines=3)))) == 3
    assert "line 4: more than 2 lines below the header" in refusal(data, limits=Limits(lines=2))


def test_a_file_that_cannot_be_opened_is_refused(tmp_path):
    with pytest.raises(TableRefused, match="cannot be opened: No such file"):
        open_table(tmp_path / "none.csv", "none.csv")


def test_a_stream_that_flows_once_is_refused():
    reading, writing = os.pipe()
    with open(writing, "wb") as pipe:
        pipe.write(b"Badge\n")
    with open(reading, "rb") as pipe, pytest.raises(TableRefused, match="cannot be read twice"):
        open_table(pipe, "f")


@pytest.mark.parametrize("data", [b"Badge\n1\n", saved([["Badge"], ["1"]])])
def test_uploads_are_read_in_memory_and_on_disk(data):
    with TemporaryUploadedFile("f", "text/csv", len(data), None) as on_disk:
        on_disk.write(data)
        on_disk.flush()
        for upload in (SimpleUploadedFile("f", data), on_disk):
            assert list(open_table(upload, "f", limits=FROM_A_PAGE)) == [(2, ["1"])]


def test_a_long_file_takes_no_more_memory_than_a_short_one(tmp_path):
    path = tmp_path / "long.csv"
    with path.open("w") as target:
        target.writelines(f"IMT-{line},2026-11-09,C,8.00\n" for line in range(200_000))
    tracemalloc.start()
    assert sum(1 for _line in open_table(path, "long.csv")) == 199_999
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8_000_000  # the pieces of the first pass are a megabyte
