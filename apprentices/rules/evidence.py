"""What may be attached to a week as evidence: known by its first bytes, never by its name.

House rule, no regulation. A file that says it is something else than it is would be opened by the wrong program."""

import re

LARGEST = 5 * 1024 * 1024
MOST_PER_WEEK = 10
LONGEST_NAME = 120

PDF, PNG, JPEG, WEBP, HEIC = "application/pdf", "image/png", "image/jpeg", "image/webp", "image/heic"
_ENDINGS = {PDF: (".pdf",), PNG: (".png",), JPEG: (".jpg", ".jpeg"), WEBP: (".webp",), HEIC: (".heic", ".heif")}
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
_NOT_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\"/\\:*?<>|]+")

TOO_LARGE, EMPTY, UNKNOWN = "TOO_LARGE", "EMPTY", "UNKNOWN"


def media_type_of(content):
    """The media type of bytes, "" where they are none of the five."""
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    return HEIC if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS else ""


def evidence_refusal(content):
    """Why bytes cannot be evidence; "" where they can."""
    if not content:
        return EMPTY
    if len(content) > LARGEST:
        return TOO_LARGE
    return "" if media_type_of(content) else UNKNOWN


def kept_name(name, media_type):
    """The name under which a file is kept: no folder, nothing that a computer reads otherwise than people do, with the
    ending of what it is."""
    stem = _NOT_IN_A_NAME.sub(" ", re.split(r"[/\\]", name)[-1]).strip(" .")
    endings = _ENDINGS[media_type]
    if not stem.lower().endswith(endings):
        stem = f"{stem or 'evidence'}{endings[0]}"
    if len(stem) <= LONGEST_NAME:
        return stem
    before, dot, ending = stem.rpartition(".")
    return f"{before[: LONGEST_NAME - len(ending) - 2]}…{dot}{ending}"
