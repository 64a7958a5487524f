from django.core.management.base import BaseCommand

from employers.actions.courses import offer_courses
from employers.files.offered_courses import read_offered_courses
from employers.management.importing import add_arguments, load_rows, run


def load(path, *, by, progress=lambda lines: None):
    """Take in offered_courses.csv. Returns the Summary."""
    return load_rows("offered_courses", path, read=read_offered_courses, take=offer_courses, by=by, progress=progress)


class Command(BaseCommand):
    help = "Take in the courses that providers offer, and the required courses that they meet."

    def add_arguments(self, parser):
        add_arguments(parser, what="offered_courses.csv")

    def handle(self, *, file, by, dry_run, report, **options):
        run(self, load, name="import_offered_courses", file=file, by=by, dry_run=dry_run, report=report)
