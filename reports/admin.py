"""Progress of everyone, as the snapshots have it: for finding people; a person's page computes anew."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from imt.audit.admin import ReadOnlyAdmin
from reports.models import ProgressSnapshot


@admin.register(ProgressSnapshot)
class ProgressSnapshotAdmin(ReadOnlyAdmin):
    list_display = (
        "person",
        "ref",
        "employer",
        "ojl_hours",
        "ri_hours",
        "waiting_hours",
        "eligible",
        "expected_on",
        "page",
    )
    list_filter = ("eligible", "apprenticeship__employer")
    list_select_related = ("apprenticeship__apprentice", "apprenticeship__employer")
    search_fields = (
        "apprenticeship__ref",
        "apprenticeship__apprentice__first_name",
        "apprenticeship__apprentice__last_name",
    )
    ordering = ("-eligible", "-ojl_hours", "apprenticeship")

    @admin.display(description=_("apprentice"), ordering="apprenticeship__apprentice__last_name")
    def person(self, snapshot):
        return snapshot.apprenticeship.apprentice

    @admin.display(description=_("reference"), ordering="apprenticeship__ref")
    def ref(self, snapshot):
        return snapshot.apprenticeship.ref

    @admin.display(description=_("employer"), ordering="apprenticeship__employer__name")
    def employer(self, snapshot):
        return snapshot.apprenticeship.employer.name

    @admin.display(description=_("progress"))
    def page(self, snapshot):
        address = reverse("progress", args=[snapshot.apprenticeship.ref])
        return format_html('<a href="{}">{}</a>', address, _("Look"))
