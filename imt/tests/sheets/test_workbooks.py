"""Workbooks: real types, honest places, and memory that only filled cells take."""

import io
import tracemalloc
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from imt.sheets import FROM_A_PAGE, TableRefused, open_table
from imt.tests.sheets.workbook_files import NAMESPACE, OFFICE, by_hand, saved


def read(data, limits=FROM_A_PAGE):
    """All lines, the header's among them."""
    table = open_table(io.BytesIO(data), "f.xlsx", limits=limits)
    return [(table.header.line, list(table.header.cells)), *table]


def cells_below(sheet_data, **parts):
    return read(by_hand(f"<sheetData><row r='1'><c r='A1'><v>1</v></c></row>{sheet_data}</sheetData>", **parts))[1:]


def test_cells_have_the_types_that_the_spreadsheet_program_gave_them():
    row = [
        "IMT-0006",
        8,
        7.25,
        True,
        datetime(2026, 11, 2),
        date(2026, 11, 3),
        datetime(2026, 11, 4, 7, 30),
        timedelta(hours=7, minutes=20),
        time(8, 15),
        None,
        "ü 汉字 🙂 <&>",
    ]
    assert read(saved([["Header"], row]))[1] == (
        2,
        [
            "IMT-0006",
            8,
            7.25,
            True,
            datetime(2026, 11, 2),
            datetime(2026, 11, 3),
            datetime(2026, 11, 4, 7, 30),
            timedelta(hours=7, minutes=20),
            timedelta(hours=8, minutes=15),
            "",
            "ü 汉字 🙂 <&>",
        ],
    )


def test_shared_strings_and_cached_results_of_formulas_are_read(tmp_path):
    path = tmp_path / "f.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        plain, bold = workbook.add_format(), workbook.add_format({"bold": True})
        sheet.write_row(0, 0, ["Badge", "Hours"])
        sheet.write_row(1, 0, ["IMT-0006", "8:30"])
        sheet.write_formula(2, 1, "=4+4", None, 8)
        sheet.write_formula(2, 2, '="a"&"b"', None, "ab")
        sheet.write_rich_string(3, 0, plain, "Opera", bold, "ting")
        sheet.write_string(4, 0, "two\r\nlines\tand _x000D_")
    table = open_table(path, "f.xlsx")
    assert [cells for _line, cells in table] == [
        ["IMT-0006", "8:30"],
        ["", 8, "ab"],
        ["Operating"],
        ["two\r\nlines\tand _x000D_"],
    ]


def test_lines_are_the_rows_of_the_sheet_and_left_out_rows_are_empty_lines():
    assert read(saved([["a"], [], ["b"], [], [], ["c"]])) == [
        (1, ["a"]),
        (2, []),
        (3, ["b"]),
        (4, []),
        (5, []),
        (6, ["c"]),
    ]


def test_rows_that_are_only_formatted_end_no_table():
    workbook = openpyxl.Workbook()
    workbook.active.append(["a"])
    for row in range(2, 40_000):
        workbook.active.cell(row=row, column=1).number_format = "0.00"
    stream = io.BytesIO()
    workbook.save(stream)
    assert read(stream.getvalue()) == [(1, ["a"])]


def test_rows_and_cells_without_a_place_follow_each_other():
    row = "<row><c t='inlineStr'><is><t>x</t></is></c><c/><c><v>2</v></c></row>"
    assert cells_below(row) == [(2, ["x", "", 2])]


def test_prefixed_elements_are_read():
    sheet = (
        "<x:sheetData xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
        "<x:row r='1'><x:c r='A1'><x:v>1</x:v></x:c></x:row><x:row r='2'><x:c r='B2'><x:v>5</x:v></x:c></x:row>"
        "</x:sheetData>"
    )
    assert read(by_hand(sheet))[1:] == [(2, ["", 5])]


def test_readings_of_a_phonetic_run_are_left_out():
    texts = f"<sst {NAMESPACE}><si><t>課</t><rPh sb='0' eb='1'><t>カ</t></rPh></si></sst>"
    assert cells_below("<row r='2'><c r='A2' t='s'><v>0</v></c></row>", texts=texts) == [(2, ["課"])]


def test_days_count_from_1904_where_the_workbook_says_so():
    workbook = (
        f"<workbook {NAMESPACE} xmlns:r='{OFFICE}'><workbookPr date1904='1'/>"
        "<sheets><sheet name='Hours' sheetId='1' r:id='s'/></sheets></workbook>"
    )
    styles = f"<styleSheet {NAMESPACE}><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>"
    row = "<row r='2'><c r='A2' s='1'><v>44866</v></c><c r='B2'><v>44866</v></c></row>"
    assert cells_below(row, workbook=workbook, styles=styles) == [(2, [datetime(2026, 11, 2), 44866])]


def test_a_day_written_as_text_of_iso_8601_is_a_day():
    row = "<row r='2'><c r='A2' t='d'><v>2026-11-02T00:00:00Z</v></c><c r='B2' t='d'><v>soon</v></c></row>"
    assert cells_below(row) == [(2, [datetime(2026, 11, 2), "soon"])]


@pytest.mark.parametrize("text", ["nan", "inf", "1e999", "٨", "eight"])
def test_what_is_no_number_stays_text(text):
    assert cells_below(f"<row r='2'><c r='A2'><v>{text}</v></c></row>") == [(2, [text])]


def test_a_cell_at_the_far_corner_is_refused_in_little_memory():
    corner = "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"
    data = by_hand(f"<dimension ref='A1:B2'/><sheetData><row r='1'><c r='A1'><v>1</v></c></row>{corner}</sheetData>")
    tracemalloc.start()
    with pytest.raises(TableRefused, match="line 1048576: a cell in column 16384; at most 64"):
        read(data)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_a_far_row_is_refused_from_a_page():
    rows = "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='A1048576'><v>1</v></c></row>"
    with pytest.raises(TableRefused, match="more than 20,000 lines"):
        read(by_hand(f"<sheetData>{rows}</sheetData>"))


def test_a_declared_size_is_not_believed():
    row = "<row r='1'><c r='A1'><v>1</v></c></row>"
    data = by_hand(f"<dimension ref='A1:XFD1048576'/><sheetData>{row}</sheetData>")
    assert read(data) == [(1, ["1"])]


def test_a_row_of_a_million_cells_is_refused_at_the_first_that_is_too_many():
    with pytest.raises(TableRefused, match="line 2: a cell in column 65"):
        cells_below("<row r='2'>" + "<c><v>1</v></c>" * 500_000 + "</row>")


def test_empty_cells_far_right_take_no_memory_and_are_no_columns():
    assert cells_below("<row r='2'><c r='A2'><v>1</v></c>" + "<c/>" * 500_000 + "</row>") == [(2, [1])]


def test_a_cell_of_ten_megabytes_is_refused():
    with pytest.raises(TableRefused, match="a cell of more than 32,767 characters"):
        cells_below("<row r='2'><c r='A2' t='inlineStr'><is><t>" + "x" * 10_000_000 + "</t></is></c></row>")


@pytest.mark.parametrize(
    "row",
    [
        "<row r='1'><c r='A1'><v>1</v></c></row>",  # the first row once more
        "<row r='1048577'/>",
        "<row r='-1'/>",
        "<row r='٢'/>",
        "<row r='2'><c r='A3'><v>1</v></c></row>",
        "<row r='2'><c r='B2'><v>1</v></c><c r='A2'><v>1</v></c></row>",
        "<row r='2'><c r='ZZZ2'><v>1</v></c></row>",
        "<row r='2'><c r='2'><v>1</v></c></row>",
        "<row r='2'><c r='A2' t='s'><v>7</v></c></row>",
        "<row r='2'><c r='A2' t='s'><v>-1</v></c></row>",
        "<row r='2'><c r='A2' s='x'><v>1</v></c></row>",
    ],
)
def test_cells_that_are_not_where_they_say_are_refused(row):
    with pytest.raises(TableRefused, match="is not a whole XLSX workbook"):
        cells_below(row)


CELLS = st.one_of(
    st.none(),
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=20).filter(
        lambda text: not text.startswith(("=", "'", "#"))
    ),
    st.integers(-(10**14), 10**14),
    st.floats(-1e6, 1e6).map(lambda number: round(number, 4)),
    st.booleans(),
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0)),
    st.timedeltas(timedelta(), timedelta(days=30)).map(lambda span: timedelta(seconds=round(span.total_seconds()))),
)


@settings(deadline=None)  # openpyxl writes and reads a whole workbook each time
@given(st.lists(st.lists(CELLS, max_size=6), max_size=6))
def test_what_openpyxl_reads_in_a_workbook_is_read_here(rows):
    data = saved([["header"], *rows])
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    expected = [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]
    found = [cells + [""] * (sheet.max_column - len(cells)) for _line, cells in read(data)]
    filled = [row for row in expected if any(cell != "" for cell in row)]
    assert [row for row in found if any(cell != "" for cell in row)] == filled
