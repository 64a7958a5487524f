"""How fast the crew's grid is: its statements beside one bare query over 50 people × 7 days, and its page beside the
same template filled with ready values.

`python -m benchmarks.generate --people 1450 --lines 1000`, then `python -m benchmarks.crew_grid`, both with
DATABASE_URL at a PostgreSQL database of the benchmark's own. In every round limit and product alternate; what is
printed is the median of the rounds' ratios. Before anything is timed, the hours on the page are compared with the bare
query's."""

import argparse
import os
import statistics
from datetime import timedelta

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imt.settings")
    django.setup()

from django.db import connection
from django.db.models import Max
from django.template.loader import render_to_string
from django.test import RequestFactory

from apprentices.models import HourEntry
from apprentices.queries.crew import crew_of
from apprentices.queries.week_grids import week_grids
from apprentices.views import crew_weeks
from benchmarks.refresh import fetched, say, seconds
from employers.queries.calendars import today_at
from imt.accounts.models import User

PEOPLE = 50
FEW = 5
BARE = """
SELECT apprenticeship_id, work_process_id, worked_on, hours FROM apprentices_hourentry
 WHERE apprenticeship_id = ANY(%s) AND worked_on BETWEEN %s AND %s
"""


class Bench:
    """The last whole week that has hours, of the first fifty people."""

    def __init__(self):
        self.user = User.objects.filter(is_staff=True).first() or User.objects.create_user(
            email="benchmark@example.org", name="Benchmark", is_staff=True
        )
        last = HourEntry.objects.aggregate(last=Max("worked_on"))["last"] - timedelta(days=7)
        self.monday = last - timedelta(days=last.weekday())
        self.people = list(crew_of(self.user, on=last)[:PEOPLE])
        self.todays = {one.pk: today_at(one.employer) for one in self.people}
        self.statements = []
        with connection.execute_wrapper(self._note):
            self.grids = self.grid()
        self.context = {}

    def _note(self, execute, sql, params, many, context):
        self.statements.append((sql, params))
        return execute(sql, params, many, context)

    def compare(self):
        bare = sum(hours for *_key, hours in self.bare())
        shown = sum(grid.total for grid in self.grids)
        assert bare == shown * 100, (bare, shown)
        return (
            f"{len(self.people)} people, {shown} hours in the week of {self.monday}, {len(self.statements)} statements"
        )

    def bare(self):
        keys = [one.pk for one in self.people]
        return fetched(BARE, keys, self.monday, self.monday + timedelta(days=6))

    def grid(self):
        return week_grids(self.people, day=self.monday, todays=self.todays)

    def sql(self):
        for statement, parameters in self.statements:
            fetched(statement, *parameters)

    def page(self):
        request = RequestFactory().get(f"/crew/weeks/{self.monday}/")
        request.user, request.htmx = self.user, False
        response = crew_weeks.crew_week(request, self.monday)
        assert response.status_code == 200
        return response.content

    def ready(self):
        """What the page gives its template, kept."""
        kept = {}
        render = crew_weeks.render

        def noted(request, template, context, **options):
            kept.update(context, request=request, user=self.user)
            return render(request, template, context, **options)

        crew_weeks.render = noted
        self.page()
        crew_weeks.render = render
        self.context = kept

    def template(self):
        return render_to_string("apprentices/weeks/crew_week.html", self.context)


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args(arguments)
    bench = Bench()
    print(bench.compare())
    bench.ready()
    acts = (bench.bare, bench.sql, bench.template, bench.page)
    found = {act.__name__: [] for act in acts}
    for number in range(options.rounds + 1):
        times = [[seconds(act) for act in acts] for _time in range(FEW)]
        if number:  # the first round warms up
            for act, its_times in zip(acts, zip(*times, strict=True), strict=True):
                found[act.__name__].append(statistics.median(its_times))
    say("limit: one bare query", found["bare"], found["bare"])
    say("statements of the grid", found["sql"], found["bare"])
    say("limit: the template with ready values", found["template"], found["template"])
    say("page of the crew's week", found["page"], found["template"])


if __name__ == "__main__":
    main()
