"""The script reads hours as the server does."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from apprentices.forms.hour_cells import hours_of
from imt.fields import to_hundredths

pytestmark = pytest.mark.browser

WRITTEN = """
8|8.5|8,5|8.25|08:00|8:30|2h30m|90m|2h|2H30M|0.01|24|24.00|24:00|24.01|24:00:18|25|0|0.0|0:00|0m|00h00m|7:20|7:20:30
0:00:17|0:00:18|0:00:19|1h|1m|1m30s|90s|1h60m|1h59m59s|60m|1440m|1441m|8.|.5|,5|8.505|8,505|1.000|1,000.50|-1|+8
8h 5|8 h
8:75|8:5|8:|:30|eight|٨|８|8.5h|2h30|1e1|0x8|Infinity|NaN|8;5|8'30|999999|1000000|000008|0000008|12:30 PM|½|m|h|hm
24:00:17
""".replace("\n", "|").split("|")
CASES = [*filter(None, WRITTEN), "", "   ", " 8 ", "\t8,5\n", "\u00a08\u00a0", "8" * 41, "0" * 39 + "8", "8\x0030"]


def test_every_text_is_read_alike_by_the_page_and_by_the_server(page):
    script = Path(settings.BASE_DIR, "static/js/hours.js").read_text()
    read = page.evaluate(
        f"""async () => {{
          const url = URL.createObjectURL(new Blob([{json.dumps(script)}], {{ type: "text/javascript" }}));
          const {{ parseHours, hoursText }} = await import(url);
          return {json.dumps(CASES)}.map((text) => {{
            const found = parseHours(text);
            return found.error ?? (found.hundredths === null ? "empty" : hoursText(found.hundredths));
          }});
        }}"""
    )
    assert dict(zip(CASES, read, strict=True)) == {text: read_by_the_server(text) for text in CASES}


def read_by_the_server(text):
    hours, error = hours_of(text)
    if error:
        return "day" if "at most 24" in error else "notation"
    return "empty" if hours is None else f"{hours:.2f}"


def test_the_table_holds_what_is_read_and_what_is_refused():
    answers = {read_by_the_server(text) for text in CASES}
    assert {"empty", "day", "notation", "0.00", "0.01", "24.00"} <= answers
    assert all(to_hundredths(hours_of(text)[0] or 0) <= 2400 for text in CASES)
