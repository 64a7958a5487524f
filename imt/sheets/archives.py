"""The ZIP archive of a workbook: checked by its directory before anything is unpacked, its parts parsed as a stream.

A workbook comes from strangers too. Python's zipfile never unpacks more of an entry than the directory declares, so the
declared sizes are a bound; the XML is fed to expat piece by piece and no tree of it is ever built."""

import math
import posixpath
import struct
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from xml.parsers import expat

from django.utils.translation import gettext as _

from imt.sheets.refusals import MEGABYTE, TableRefused

MOST_ENTRIES = 2_000
# deflate reaches 1,032; rows of a sheet that differ in a few digits stay below 60
MOST_UNPACKED_PER_BYTE = 200
DEEPEST = 64
# what zipfile says of bytes that are no archive, or not a whole one: it seeks to wherever they point
DAMAGES = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OSError, ValueError)

_UNPACKED_WITHOUT_QUESTION = 10 * MEGABYTE
_ENCRYPTED = 0x1


@dataclass(slots=True)
class Archive:
    """An open archive, and how many elements of XML are still read of it: time is what a small file can take most."""

    parts: zipfile.ZipFile
    name: str
    elements_left: float


@contextmanager
def archive_of(stream, name, limits):
    """The archive, open for reading, after a look at its directory."""
    try:
        parts = zipfile.ZipFile(stream)
    except DAMAGES as error:
        raise damaged(name) from error
    with parts:
        _check_directory(parts, name, limits)
        yield Archive(parts, name, math.inf if limits.elements is None else limits.elements)


def damaged(name):
    return TableRefused(
        _("%(name)s is not a whole XLSX workbook. Open it in a spreadsheet program and save it again as .xlsx.")
        % {"name": name}
    )


def parse(archive, part, *, start, end=None, text=None):
    """Feed one XML part to the handlers (tags without their prefix); pauses after each megabyte, so that the caller
    can hand on what the handlers have gathered."""
    depth = elements = 0

    def opened(tag, attributes):
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > DEEPEST:
            raise damaged(archive.name)
        start(tag.rpartition(":")[2] if ":" in tag else tag, attributes)

    def closed(tag):
        nonlocal depth
        depth -= 1
        if end:
            end(tag.rpartition(":")[2] if ":" in tag else tag)

    parser = _parser(archive, opened, closed, text)
    for chunk in _chunks(archive, part):
        elements = 0
        try:
            parser.Parse(chunk, not chunk)
        except expat.ExpatError as error:
            raise damaged(archive.name) from error
        if len(chunk) == MEGABYTE and not elements:
            raise damaged(archive.name)  # one that is nothing but long: expat would read it anew with each piece
        archive.elements_left -= elements
        if archive.elements_left < 0:
            raise TableRefused(
                _("%(name)s holds more cells than are read, empty ones included. Save it as CSV.")
                % {"name": archive.name}
            )
        yield


def relations(archive, part):
    """{id: (kind, target part)} of a part; kind is the last word of the relation's type."""
    folder, file = posixpath.split(part)
    found = {}

    def start(tag, attributes):
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            target = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id")] = (kind, posixpath.normpath(target))

    for _pause in parse(archive, posixpath.join(folder, "_rels", f"{file}.rels"), start=start):
        pass
    return found


def _parser(archive, start, end, text):
    def refuse_entities(*_declaration):
        raise damaged(archive.name)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse_entities  # no workbook has one, entity bombs do
    return parser


def _chunks(archive, part):
    """The bytes of a part, and an empty piece at their end."""
    try:
        with archive.parts.open(part) as stream:
            while chunk := stream.read(MEGABYTE):
                yield chunk
    except (KeyError, *DAMAGES) as error:  # KeyError: there is no such part
        raise damaged(archive.name) from error
    yield b""


def _check_directory(parts, name, limits):
    entries = parts.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MOST_ENTRIES:
        raise TableRefused(
            _("%(name)s holds %(found)d files; a workbook has at most %(limit)d.")
            % {"name": name, "found": len(entries), "limit": MOST_ENTRIES}
        )
    if limits.unpacked_bytes is not None and unpacked > limits.unpacked_bytes:
        raise TableRefused(
            _("%(name)s is %(found)d MB when unpacked, at most %(limit)d MB are read. Split it into several files.")
            % {
                "name": name,
                "found": -(-unpacked // MEGABYTE),
                "limit": limits.unpacked_bytes // MEGABYTE,
            }
        )
    if unpacked > _UNPACKED_WITHOUT_QUESTION and unpacked > MOST_UNPACKED_PER_BYTE * packed:
        raise TableRefused(
            _("%(name)s unpacks to %(times)d times its size, which no sheet of hours does. Save it as CSV.")
            % {"name": name, "times": unpacked // max(packed, 1)}
        )
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise TableRefused(_("%(name)s is protected by a password. Save it without one.") % {"name": name})
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged(name)
