"""Courses, credentials, competencies, credits, opening balances: recorded one at a time, taken back with a reason."""

from django.contrib import admin, messages
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from apprentices.actions.competencies import sign_off
from apprentices.actions.credentials import record_credentials
from apprentices.actions.credits import grant
from apprentices.actions.instruction import record_results
from apprentices.actions.opening import open_balances
from apprentices.actions.voids import void
from apprentices.forms.apprenticeships import ReasonForm
from apprentices.forms.records import CredentialForm, CreditForm, InstructionForm, OpeningForm, SignOffForm
from apprentices.forms.rows import add_row_errors
from apprentices.models import (
    Credential,
    Credit,
    InstructionRecord,
    OpeningBalance,
    Recommendation,
    SignOff,
    Transfer,
)
from employers.rules.rows import RowError
from imt.audit.admin import ReadOnlyAdmin, act_page, row_or_404, to_change_page


class RecordAdmin(ReadOnlyAdmin):
    """`take` is the action that takes in rows, `form_class` gives one of them."""

    take = None
    form_class = None
    list_select_related = ("apprenticeship", "recorded_by")
    search_fields = ("=apprenticeship__ref",)
    ordering = ("-recorded_at", "-pk")
    change_form_template = "admin/apprentices/record_change_form.html"

    def has_add_permission(self, request):
        return True

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_void"
        return [path("<int:key>/void/", self.admin_site.admin_view(self.take_back), name=name), *super().get_urls()]

    def add_view(self, request, form_url="", extra_context=None):
        form = self.form_class(request.POST or None, initial={"apprentice_ref": request.GET.get("ref", "")})
        if request.method == "POST" and form.is_valid():
            try:
                taken = type(self).take(rows=[form.row()], on=timezone.localdate(), by=request.user)
            except RowError as error:
                add_row_errors(form, error)
            else:
                for warning in taken.warnings:
                    messages.warning(request, warning)
                done = _("Recorded.") if taken.changes_anything else _("That was recorded already; nothing changed.")
                messages.success(request, done)
                return redirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))
        title = _("Record: %(what)s") % {"what": self.opts.verbose_name}
        return act_page(self, request, title=title, form=form, submit=_("Record"))

    def take_back(self, request, key):
        """A fact that is wrong stays in the history; from now on it no longer holds, and its hours are reversed."""
        fact = row_or_404(self, request, key)
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            void(facts=[fact], reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("Taken back. Its hours, if any, are reversed."))
            return to_change_page(self, fact)
        return act_page(self, request, title=_("Take back"), row=fact, form=form, submit=_("Take back"))


@admin.register(InstructionRecord)
class InstructionRecordAdmin(RecordAdmin):
    take = record_results
    form_class = InstructionForm
    list_display = ("apprenticeship", "course_code", "provider", "result", "hours", "completed_on", "voided_at")
    list_filter = ("result", "provider")
    list_select_related = ("apprenticeship", "provider")


@admin.register(Credential)
class CredentialAdmin(RecordAdmin):
    take = record_credentials
    form_class = CredentialForm
    list_display = ("apprenticeship", "code", "earned_on", "expires_on", "number", "voided_at")
    list_filter = ("code",)


@admin.register(SignOff)
class SignOffAdmin(RecordAdmin):
    take = sign_off
    form_class = SignOffForm
    list_display = ("apprenticeship", "competency", "signed_on", "signed_by", "voided_at")
    list_select_related = ("apprenticeship", "competency")


@admin.register(Credit)
class CreditAdmin(RecordAdmin):
    take = grant
    form_class = CreditForm
    list_display = ("apprenticeship", "kind", "work_process", "course_code", "hours", "decided_on", "voided_at")
    list_filter = ("kind",)
    list_select_related = ("apprenticeship", "work_process")


@admin.register(OpeningBalance)
class OpeningBalanceAdmin(RecordAdmin):
    take = open_balances
    form_class = OpeningForm
    list_display = ("apprenticeship", "kind", "work_process", "course_code", "hours", "through_on", "voided_at")
    list_filter = ("kind",)
    list_select_related = ("apprenticeship", "work_process")


@admin.register(Transfer)
class TransferAdmin(ReadOnlyAdmin):
    list_display = ("from_apprenticeship", "apprenticeship", "happened_on", "reason", "recorded_by")
    list_select_related = ("from_apprenticeship", "apprenticeship", "recorded_by")
    search_fields = ("=apprenticeship__ref", "=from_apprenticeship__ref")


@admin.register(Recommendation)
class RecommendationAdmin(ReadOnlyAdmin):
    list_display = ("apprenticeship", "committee", "decided_on", "note", "voided_at")
    list_select_related = ("apprenticeship", "committee")
    search_fields = ("=apprenticeship__ref",)
