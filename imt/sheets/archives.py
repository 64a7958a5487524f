"""The ZIP archive of a workbook: checked by its directory before anything is unpacked, its parts parsed as a stream.

A workbook comes from strangers too. Python's zipfile never unpacks more of an entry than the directory declares, so the
declared sizes are a bound; the XML is fed to expat piece by piece and no tree of it is ever built."""

import posixpath
import struct
import zipfile
import zlib
from contextlib import contextmanager
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


@contextmanager
def archive_of(stream, name, limits):
    """The archive, open for reading, after a look at its directory."""
    try:
        archive = zipfile.ZipFile(stream)
    except DAMAGES as error:
        raise damaged(name) from error
    with archive:
        _check_directory(archive, name, limits)
        yield archive


def damaged(name):
    return TableRefused(
        _("%(name)s is not a whole XLSX workbook. Open it in a spreadsheet program and save it again as .xlsx.")
        % {"name": name}
    )


def parse(archive, part, name, *, start, end=None, text=None):
    """Feed one XML part to the handlers (tags without their prefix); pauses after each megabyte, so that the caller
    can hand on what the handlers have gathered."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def opened(tag, attributes):
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise damaged(name)
        start(tag.rpartition(":")[2] if ":" in tag else tag, attributes)

    def closed(tag):
        nonlocal depth
        depth -= 1
        if end:
            end(tag.rpartition(":")[2] if ":" in tag else tag)

    def refuse_entities(*_declaration):
        raise damaged(name)

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse_entities  # no workbook has one, entity bombs do
    try:
        for chunk in _chunks(archive, part, name):
            parser.Parse(chunk, not chunk)
            yield
    except expat.ExpatError as error:
        raise damaged(name) from error


def relations(archive, part, name):
    """{id: (kind, target part)} of a part; kind is the last word of the relation's type."""
    folder, file = posixpath.split(part)
    found = {}

    def start(tag, attributes):
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            target = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id")] = (kind, posixpath.normpath(target))

    listing = posixpath.join(folder, "_rels", f"{file}.rels")
    for _pause in parse(archive, listing, name, start=start):
        pass
    return found


def _chunks(archive, part, name):
    """The bytes of a part, and an empty piece at their end."""
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(MEGABYTE):
                yield chunk
    except (KeyError, *DAMAGES) as error:  # KeyError: there is no such part
        raise damaged(name) from error
    yield b""


def _check_directory(archive, name, limits):
    entries = archive.infolist()
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
