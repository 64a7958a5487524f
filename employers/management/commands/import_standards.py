from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from employers.actions.standards import SKIPPED, load_standards
from employers.files.standards import read_standards
from employers.management.importing import Summary, add_arguments, keep_batch, run


def load(path, *, by, progress=lambda lines: None):
    """Take in a standards workbook. Returns the Summary; StandardsRefused where it cannot be computed with."""
    path = Path(path)
    loaded = load_standards(content=read_standards(path, path.name), by=by)
    progress(1)
    warnings = [_(finding.sentence) % finding.values for finding in loaded.findings]
    if loaded.outcome != SKIPPED:
        keep_batch("standards", path, by=by, counts={loaded.outcome: 1}, warnings=warnings)
    said = f"{loaded.outcome}, {loaded.standards.name}, version {loaded.standards.version}"
    return Summary(path.name, {loaded.outcome: 1}, warnings, said=said, program=loaded.standards.name)


class Command(BaseCommand):
    help = "Take in a standards workbook: a new version, or nothing where a version says the same."

    def add_arguments(self, parser):
        add_arguments(parser, what="the workbook, .xlsx")

    def handle(self, *, file, by, dry_run, report, **options):
        run(self, load, name="import_standards", file=file, by=by, dry_run=dry_run, report=report)
