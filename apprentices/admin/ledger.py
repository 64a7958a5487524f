"""Claims and the ledger, to look at: hours are logged and decided on in the crew's room."""

from django.contrib import admin

from apprentices.models import HourEntry, LedgerLine, Timesheet, TimesheetDecision
from imt.audit.admin import ReadOnlyAdmin, ReadOnlyInline


@admin.register(LedgerLine)
class LedgerLineAdmin(ReadOnlyAdmin):
    list_display = (
        "apprenticeship",
        "position",
        "happened_on",
        "kind",
        "work_process",
        "course_code",
        "hours",
        "source",
        "posted_at",
        "posted_by",
    )
    list_filter = ("kind", "source")
    list_select_related = ("apprenticeship", "work_process", "posted_by")
    search_fields = ("=apprenticeship__ref",)
    ordering = ("-pk",)


class HourEntryInline(ReadOnlyInline):
    model = HourEntry
    fields = ("worked_on", "work_process", "hours", "note", "source", "version", "logged_by", "logged_at")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("work_process", "logged_by")


class DecisionInline(ReadOnlyInline):
    model = TimesheetDecision
    fields = ("version", "verdict", "reason", "decided_by", "decided_at")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("decided_by", "timesheet__apprenticeship")


@admin.register(Timesheet)
class TimesheetAdmin(ReadOnlyAdmin):
    list_display = ("apprenticeship", "week_starts_on", "state", "version", "submitted_at", "submitted_by")
    list_filter = ("state",)
    list_select_related = ("apprenticeship", "submitted_by")
    search_fields = ("=apprenticeship__ref",)
    ordering = ("-week_starts_on", "apprenticeship")
    inlines = (HourEntryInline, DecisionInline)
