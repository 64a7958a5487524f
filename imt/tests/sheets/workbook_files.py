"""Workbooks for the tests: as a spreadsheet program writes them, and by hand, as nobody should."""

import io
import zipfile

import openpyxl

NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

PARTS = {
    "_rels/.rels": f'<Relationships {RELATIONS}><Relationship Id="r" Type="{OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships {RELATIONS}><Relationship Id="s" Type="{OFFICE}/worksheet" '
    f'Target="worksheets/sheet1.xml"/><Relationship Id="t" Type="{OFFICE}/sharedStrings" Target="texts.xml"/>'
    f'<Relationship Id="f" Type="{OFFICE}/styles" Target="/xl/styles.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook {NAMESPACE} xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="Hours" sheetId="1" r:id="s"/></sheets></workbook>',
    "xl/texts.xml": f"<sst {NAMESPACE}/>",
    "xl/styles.xml": f"<styleSheet {NAMESPACE}/>",
}


def saved(*sheets, name="Sheet"):
    """The bytes of a workbook with one sheet per list of rows; further names get a number."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for number, rows in enumerate(sheets):
        sheet = workbook.create_sheet(f"{name}{number or ''}")
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def by_hand(sheet_data, **parts):
    """The bytes of a workbook whose sheet holds this XML; `parts` replaces others: workbook, texts, styles."""
    sheet = {"xl/worksheets/sheet1.xml": f"<worksheet {NAMESPACE}>{sheet_data}</worksheet>"}
    return archive(PARTS | sheet | {f"xl/{part}.xml": content for part, content in parts.items()})


def archive(contents, compression=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as target:
        for path, content in contents.items():
            target.writestr(path, content)
    return stream.getvalue()
