"""Two kinds of rooms for the staff: rows to look at, and plain rows to edit, with an audit row of each change."""

from urllib.parse import urlencode

from django.contrib import admin
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from imt.audit.actions import save_row
from imt.audit.models import AuditEvent, ImportBatch, Run

ROWS_PER_PAGE = 50


def to_history(model_admin, request, object_id, extra_context=None):
    """The history of a row is its part of the audit log, not what the admin itself would note."""
    row = row_or_404(model_admin, request, object_id)
    kept = urlencode({"subject_type": row._meta.label_lower, "subject_id": row.pk})
    return redirect(f"{reverse('admin:audit_auditevent_changelist')}?{kept}")


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that only actions write: looked at here, never typed into."""

    actions = None
    list_per_page = ROWS_PER_PAGE
    show_full_result_count = False
    history_view = to_history

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ReadOnlyInline(admin.TabularInline):
    """The same below another row."""

    template = "admin/edit_inline/rows.html"
    extra = 0
    can_delete = False
    show_change_link = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class RecordedAdmin(admin.ModelAdmin):
    """Plain rows that staff edit: every save goes through `save_row`; nothing is deleted."""

    actions = None
    list_per_page = ROWS_PER_PAGE
    show_full_result_count = False
    history_view = to_history

    def save_model(self, request, obj, form, change):
        save_row(obj, by=request.user)

    def save_formset(self, request, form, formset, change):
        for row in formset.save(commit=False):
            save_row(row, by=request.user)
        formset.save_m2m()

    def log_addition(self, request, obj, message):
        """The audit log is ours."""

    def log_change(self, request, obj, message):
        """The audit log is ours."""

    def has_delete_permission(self, request, obj=None):
        return False


class RecordedInline(admin.StackedInline):
    """Plain rows below another one; stacked, so that each field has its label."""

    extra = 0
    can_delete = False


def act_page(model_admin, request, *, title, form=None, row=None, status=200, **context):
    """A page of one act: what is to be done, its form, one button. `row`: the row that it is about."""
    context |= {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.opts,
        "original": row,
        "form": form,
    }
    return TemplateResponse(request, "admin/act.html", context, status=status)


def row_or_404(model_admin, request, key):
    """The row of that key, as far as the list of this room shows it."""
    return get_object_or_404(model_admin.get_queryset(request), pk=key)


def to_change_page(model_admin, row):
    """Back to the row's own page."""
    name = f"{model_admin.opts.app_label}_{model_admin.opts.model_name}_change"
    return redirect(reverse(f"admin:{name}", args=[row.pk]))


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    list_display = ("at", "event", "by", "subject_type", "subject_id", "origin")
    list_filter = ("subject_type",)
    list_select_related = ("by",)
    search_fields = ("event", "by__name", "by__email", "=subject_id")
    ordering = ("-id",)
    readonly_fields = ("at", "event", "by", "origin", "subject_type", "subject_id", "details")


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnlyAdmin):
    list_display = ("recorded_at", "kind", "file_name", "recorded_by", "counts")
    list_filter = ("kind",)
    list_select_related = ("recorded_by",)
    search_fields = ("file_name", "sha256")
    ordering = ("-id",)


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    list_display = ("queued_at", "kind", "state", "done", "total", "starts", "finished_at")
    list_filter = ("kind", "state")
    ordering = ("-id",)
