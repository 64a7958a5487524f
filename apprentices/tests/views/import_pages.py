"""The way of a file through the pages of imports, for tests: what a person would click."""

from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apprentices.files.hour_previews import unpacked
from apprentices.models import HourFile
from apprentices.tests.files_of_hours import csv

GOOD = csv("T-0001,2026-03-02,A,8,,r-1", "T-0001,2026-03-03,B,4,,r-2")
BAD = csv("T-0001,2026-03-02,A,8,,r-1", "T-0001,2026-03-03,B,eight,,r-2")


@dataclass
class ImportPages:
    """`client` is signed in; `settled` runs what waits for the commit, the tasks with it."""

    client: object
    settled: object

    def get(self, name, hour_file, query=""):
        return self.client.get(reverse(name, args=[hour_file.pk]) + query)

    def post(self, name, hour_file, data):
        with self.settled(execute=True):
            return self.client.post(reverse(name, args=[hour_file.pk]), data)

    def act(self, hour_file, act, **data):
        return self.post("import_file", hour_file, {"act": act, **data})

    def send(self, content, name, employer):
        content = content.encode() if isinstance(content, str) else content
        file = SimpleUploadedFile(name, content)
        return self.client.post(reverse("imports"), {"employer": employer.pk, "file": file})

    def upload(self, content, name="hours.csv", *, employer):
        response = self.send(content, name, employer)
        assert response.status_code == 302, response.context["summary"]
        return HourFile.objects.latest("pk")

    def name_columns(self, hour_file, query="", **fields):
        """Send the columns as they were recognized, but for `fields` {column: field}."""
        form = self.get("import_columns", hour_file, query).context["form"]
        chosen = {form[name].label: form[name].initial for name in form.fields if name.startswith("column-")}
        chosen |= fields
        data = {name: chosen[form[name].label] for name in form.fields if name.startswith("column-")}
        line = form.looked.header.line
        data |= {"dates": form.initial["dates"], "remember_as": form.initial["remember_as"], "line": line}
        return self.post("import_columns", hour_file, data)

    def settle(self, hour_file, **words):
        """Settle the words {as written: meaning} and have the file checked."""
        form = self.get("import_words", hour_file).context["form"]
        data = {name: words.get(form[name].label, "") for name in form.fields}
        response = self.post("import_words", hour_file, data)
        hour_file.refresh_from_db()
        return response

    def checked(self, content, name="hours.csv", *, employer, **words):
        """The HourFile of a file whose columns are known, checked."""
        hour_file = self.upload(content, name, employer=employer)
        self.name_columns(hour_file)
        self.settle(hour_file, **words)
        return hour_file

    def said(self, hour_file):
        """{line: outcome, of an error with its field}."""
        hour_file.refresh_from_db()
        return {
            line.line: f"error:{line.field}" if line.outcome == "error" else line.outcome
            for line in unpacked(hour_file.outcomes)
        }
