import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentices.rules.evidence import (
    EMPTY,
    HEIC,
    JPEG,
    LARGEST,
    LONGEST_NAME,
    PDF,
    PNG,
    TOO_LARGE,
    UNKNOWN,
    WEBP,
    evidence_refusal,
    kept_name,
    media_type_of,
)

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7\n", PDF),
        (PICTURE, PNG),
        (b"\xff\xd8\xff\xe0JFIF", JPEG),
        (b"RIFF\x10\0\0\0WEBPVP8 ", WEBP),
        (b"\0\0\0\x18ftypheic", HEIC),
        (b"\0\0\0\x18ftypmif1", HEIC),
        (b"\0\0\0\x18ftypisom", ""),
        (b"<!doctype html><script>", ""),
        (b"<svg xmlns=", ""),
        (b"PK\x03\x04", ""),
        (b"GIF89a", ""),
        (b"", ""),
        (b" %PDF-1.7", ""),
    ],
)
def test_what_a_file_is_stands_in_its_first_bytes(content, media_type):
    assert media_type_of(content) == media_type


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (PICTURE, ""),
        (b"", EMPTY),
        (b"hello", UNKNOWN),
        (PICTURE + b"\0" * LARGEST, TOO_LARGE),
        (PICTURE.ljust(LARGEST, b"\0"), ""),
    ],
)
def test_why_a_file_is_refused(content, why):
    assert evidence_refusal(content) == why


@pytest.mark.parametrize(
    ("name", "media_type", "kept"),
    [
        ("week.pdf", PDF, "week.pdf"),
        ("Photo.JPG", JPEG, "Photo.JPG"),
        ("page.html", PDF, "page.html.pdf"),
        ("C:\\Users\\sam\\week.png", PNG, "week.png"),
        ("../../etc/passwd", PDF, "passwd.pdf"),
        ("", PNG, "evidence.png"),
        ("...", HEIC, "evidence.heic"),
        ('a"b\r\nSet-Cookie: x.pdf', PDF, "a b Set-Cookie  x.pdf"),
        ("photo\u202egnp.exe", PNG, "photo gnp.exe.png"),
    ],
)
def test_the_kept_name_says_what_the_file_is_and_nothing_else(name, media_type, kept):
    assert kept_name(name, media_type) == kept


@given(name=st.text(max_size=400), media_type=st.sampled_from([PDF, PNG, JPEG, WEBP, HEIC]))
def test_a_kept_name_is_short_plain_and_kept_as_it_is_the_second_time(name, media_type):
    kept = kept_name(name, media_type)
    assert 0 < len(kept) <= LONGEST_NAME
    assert not set(kept) & set('/\\"\r\n\0')
    assert kept_name(kept, media_type) == kept
