import pytest

from imt.tests.architecture import ROOT, banned_names, breaches, modules_of

MODULES = modules_of(ROOT)


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_one_way(module):
    path = MODULES[module]
    found = [f"{path.relative_to(ROOT)}:{breach}" for breach in breaches(module, path.read_text(), set(MODULES))]
    assert not found, "\n".join(found)


def test_no_module_has_a_name_that_says_nothing():
    assert banned_names(MODULES) == []


KNOWN = {
    "apprentices.models.hours",
    "apprentices.actions.hours",
    "apprentices.rules.hours",
    "employers.models.employers",
    "imt.queue",
    "imt.views",
    "reports.models",
}


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("apprentices.actions.hours", "from apprentices.models.hours import Timesheet"),
        ("apprentices.actions.hours", "from employers.models import employers"),
        ("apprentices.actions.hours", "from imt.queue import wake"),
        ("imt.views", "import reports.models"),
        ("apprentices.rules.hours", "from dataclasses import dataclass"),
        ("apprentices.models", "from apprentices.models.hours import Timesheet"),
    ],
)
def test_an_import_to_the_left_is_allowed(module, source):
    assert list(breaches(module, source, KNOWN)) == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("apprentices.models.hours", "from apprentices.actions.hours import approve"),
        ("apprentices.models.hours", "from apprentices.actions import hours"),
        ("employers.models.employers", "from apprentices.models.hours import Timesheet"),
        ("apprentices.actions.hours", "import reports.models"),
        ("apprentices.actions.hours", "from imt import views"),
        ("imt.queue", "import reports.models"),
        ("apprentices.rules.hours", "from django.db import models"),
        ("apprentices.rules.hours", "import django"),
        ("apprentices.rules.hours", "from imt.queue import wake"),
        ("apprentices.actions.hours", "def approve():\n    from apprentices.models.hours import Timesheet"),
        ("apprentices.actions.hours", "from . import instruction"),
        ("apprentices.actions.hours", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    pass"),
        ("apprentices.actions.hours", "def approve():\n    return __import__('reports')"),
    ],
)
def test_an_import_that_points_the_wrong_way_is_found(module, source):
    assert len(list(breaches(module, source, KNOWN))) == 1


def test_a_module_without_a_place_is_found():
    with pytest.raises(ValueError, match=r"employers\.stuff has no place"):
        list(breaches("employers.stuff", "", KNOWN))
