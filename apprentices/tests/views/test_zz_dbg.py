import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from apprentices.tests.views.test_crew import *
from apprentices.tests.views.conftest import *
@pytest.mark.parametrize("count",[1,12])
def test_x(as_sam, ana_at_acme, priya, count):
    more_people(count, by=priya)
    with CaptureQueriesContext(connection) as c: as_sam.get(CREW)
    with open(f"/tmp/q{count}","w") as f:
        for q in c.captured_queries: f.write(q["sql"][:230]+"\n")
