"""The directory of a workbook's archive is looked at before anything is unpacked."""

import io
import zipfile

import pytest

from imt.sheets import FROM_A_COMMAND, FROM_A_PAGE, Limits, TableRefused, open_table
from imt.tests.sheets.workbook_files import NAMESPACE, OFFICE, PARTS, archive, by_hand, saved

MEGABYTE = 1024 * 1024


def refusal(data, limits=FROM_A_PAGE):
    with pytest.raises(TableRefused) as caught:
        list(open_table(io.BytesIO(data), "f.xlsx", limits=limits))
    return str(caught.value)


def test_more_than_fifty_megabytes_unpacked_are_refused_from_a_page():
    data = archive(PARTS | {"xl/media/picture.bmp": b"0" * (51 * MEGABYTE)})
    assert "is 52 MB when unpacked, at most 50 MB" in refusal(data)


def test_what_unpacks_to_hundreds_of_times_its_size_is_refused_from_a_command_too():
    data = archive(PARTS | {"xl/media/picture.bmp": b"0" * (20 * MEGABYTE)})
    assert "times its size" in refusal(data, FROM_A_COMMAND)


def test_thousands_of_files_are_refused():
    data = archive(PARTS | {f"xl/{number}.xml": "" for number in range(2_001)})
    assert "2006 files" in refusal(data)


def test_a_directory_that_understates_what_is_packed_does_not_unpack_more():
    data = by_hand("<sheetData><row><c><v>1</v></c></row></sheetData>" + " " * 100_000)
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        size = source.getinfo("xl/worksheets/sheet1.xml").file_size
    data = data.replace(size.to_bytes(4, "little"), (600).to_bytes(4, "little"))
    assert "is not a whole XLSX workbook" in refusal(data)


def test_a_protected_archive_is_refused():
    data = bytearray(saved([["Badge"]]))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "password" in refusal(bytes(data))


def test_other_ways_of_packing_are_refused():
    assert "is not a whole XLSX workbook" in refusal(archive(PARTS, zipfile.ZIP_LZMA))


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04",
        b"PK\x05\x06" + b"\0" * 18,
        saved([["Badge"]])[:-30],
        archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}),
        archive({path: content for path, content in PARTS.items() if path != "xl/workbook.xml"}),
        archive(PARTS),  # without the sheet
        by_hand("", workbook="<workbook>"),
        by_hand("", workbook="no XML"),
    ],
)
def test_what_is_no_whole_workbook_is_refused(data):
    assert "is not a whole XLSX workbook" in refusal(data)


def test_a_binary_workbook_is_refused():
    rels = PARTS["_rels/.rels"].replace("workbook.xml", "workbook.bin")
    assert "is not a whole XLSX workbook" in refusal(archive({"_rels/.rels": rels, "xl/workbook.bin": b"\0"}))


def test_declared_entities_are_refused_before_they_unfold():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    data = by_hand("", texts=f"{bomb}<sst {NAMESPACE}><si><t>&b;</t></si></sst>")
    assert "is not a whole XLSX workbook" in refusal(data)


def test_elements_without_end_inside_each_other_are_refused():
    assert "is not a whole XLSX workbook" in refusal(by_hand("<a>" * 100_000))


def test_more_cells_than_are_read_are_refused_though_they_are_empty():
    data = by_hand("<sheetData><row r='1'>" + "<c/>" * 1_000 + "</row></sheetData>")
    assert "more cells than are read" in refusal(data, Limits(elements=1_000))


def test_megabytes_that_are_no_element_are_refused():
    assert "is not a whole XLSX workbook" in refusal(by_hand("<!--" + "x" * (3 * MEGABYTE) + "-->"))


def test_one_part_that_is_listed_as_several_sheets_is_refused():
    sheets = "<sheet name='A' r:id='s'/><sheet name='B' r:id='s'/>"
    workbook = f"<workbook {NAMESPACE} xmlns:r='{OFFICE}'><sheets>{sheets}</sheets></workbook>"
    assert "is not a whole XLSX workbook" in refusal(by_hand("", workbook=workbook))
