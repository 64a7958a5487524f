"""The two who look at every page see what they should."""

import pytest

from imt.tests.browser.rooms import sniffed, violations

pytestmark = pytest.mark.browser


def test_a_faulty_page_is_found_by_both(page):
    page.set_content("<html><body><img src='data:,'><input type='text'></body></html>")
    assert any(text.startswith("image-alt: ") for text in violations(page))
    assert any(text.startswith("WCAG2AA.Principle1.Guideline1_1.1_1_1.H37: ") for text in sniffed(page))
