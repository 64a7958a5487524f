"""CSV: what the bytes say, and the records with the lines on which they start."""

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imt.sheets import TableRefused
from imt.sheets.csv_files import records, survey

LINE_END = re.compile(r"\r\n|\r|\n")


def read(data, delimiter=",", columns=64):
    stream = io.BytesIO(data)
    return list(records(stream, "f.csv", survey(stream, "f.csv"), delimiter, columns))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Prüfung – 汉字 🙂".encode(), "Prüfung – 汉字 🙂"),
        ("Prüfung".encode("utf-8-sig"), "Prüfung"),
        ("Prüfung – Meßraum €".encode("cp1252"), "Prüfung – Meßraum €"),
        (b"plain", "plain"),
    ],
)
def test_text_is_utf_8_with_or_without_its_mark_else_windows_1252(data, text):
    assert read(data) == [(1, [text])]


def test_a_letter_of_windows_1252_in_the_last_line_decides_for_the_whole_file():
    first = ("é,".encode("cp1252") * 10 + b"\n") * 200_000  # more than one piece of the first pass
    assert read(first + "ü".encode("cp1252"))[-1] == (200_001, ["ü"])


def test_a_letter_cut_by_the_pieces_of_the_first_pass_is_utf_8_still():
    data = b"a" * (1024 * 1024 - 1 - 2) + b"\n" + "aü,b".encode()
    assert survey(io.BytesIO(data), "f.csv").encoding == "utf-8"


def test_utf_8_that_ends_inside_a_letter_is_windows_1252():
    assert read("aü".encode()[:-1]) == [(1, ["aÃ"])]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_refused(encoding):
    with pytest.raises(TableRefused, match="CSV UTF-8"):
        read("Badge,Hours\nIMT-0006,8\n".encode(encoding))


def test_a_zero_byte_is_refused_with_its_line():
    with pytest.raises(TableRefused, match="line 3: a zero byte"):
        read(b"a\nb\nc\0d\n")


def test_a_byte_of_neither_encoding_is_refused_with_its_line():
    with pytest.raises(TableRefused, match=r"line 2: byte 81 .*Windows-1252"):
        read(b"a\n\x81\xfc\n")


def test_a_record_counts_where_it_starts_however_many_lines_its_cells_have():
    data = b'a\r\n"one\r\ntwo\nthree",x\r\n\r\nlast\r\n'
    assert read(data) == [(1, ["a"]), (2, ["one\r\ntwo\nthree", "x"]), (5, []), (6, ["last"])]


def test_line_ends_of_old_machines_and_separators_inside_text_are_told_apart():
    assert read("a\rb\u2028\x85\x0cb\rc".encode()) == [(1, ["a"]), (2, ["b\u2028\x85\x0cb"]), (3, ["c"])]


def test_a_quotation_mark_inside_an_unquoted_cell_is_text():
    assert read(b'5" pipe,8\n') == [(1, ['5" pipe', "8"])]


def test_formula_marks_are_taken_off():
    assert read(b"a,'=1+1\n'-5,it's,'x\n") == [(1, ["a", "=1+1"]), (2, ["-5", "it's", "'x"])]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'a\n"b\nc\nd\n', "line 2: a quotation mark in this record is never closed"),
        (b'a\n"b" c,d\n', "line 2: text after a closing quotation mark"),
        (b'a\n"' + b"b\n" * 70_000 + b'"\n', "line 2: a cell of more than 131,072 characters"),
        (b"a\n" + b"x" * 10_000_000, "line 2: more than a million characters"),
        (b"a\n" + b"," * 64 + b"x\n", "line 2: 65 columns; at most 64"),
    ],
)
def test_a_file_that_no_program_should_write_is_refused_with_its_line(data, message):
    with pytest.raises(TableRefused, match=message):
        read(data)


def test_empty_columns_at_the_end_of_a_line_do_not_count():
    assert read(b"a,b" + b", " * 500 + b"\n") == [(1, ["a", "b"])]


@given(st.lists(st.lists(st.text(alphabet='ab",;\n\r é'), min_size=2, max_size=3), max_size=8))
def test_what_is_quoted_comes_back_and_every_line_is_counted(rows):
    data, line, expected = "", 1, []
    for row in rows:
        record = ",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n"
        expected.append((line, row))
        line += len(LINE_END.findall(record))
        data += record
    assert read(data.encode()) == expected


def test_a_stream_stays_open_for_its_owner():
    stream = io.BytesIO(b"a\nb\n")
    list(records(stream, "f.csv", survey(stream, "f.csv"), ",", 64))
    assert not stream.closed
