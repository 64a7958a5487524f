"""The tests' own ground: what conftest.py promises about the triggers."""

import pytest
from django.db import connection

from imt.triggers import all_triggers, laid_triggers


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_the_triggers_are_back_after_a_transactional_test(time):
    assert laid_triggers(connection) == all_triggers(connection.vendor)
