"""Apprenticeships: registered, looked at, and every act on one."""

from django.contrib import admin, messages
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apprentices.actions.apprenticeships import register
from apprentices.actions.journey_cards import HoldsCard, NotEligible, issue
from apprentices.actions.statuses import StatusRefused, change_status
from apprentices.actions.supervision import assign
from apprentices.forms.apprenticeships import CardForm, RegistrationForm, StatusForm, SupervisionForm
from apprentices.forms.rows import add_row_errors
from apprentices.models import Apprenticeship, JobTitle, JourneyCard, StatusChange, Supervision, WageRate
from apprentices.queries.crew import with_status
from employers.rules.rows import RowError
from imt.audit.admin import ReadOnlyAdmin, ReadOnlyInline, act_page, row_or_404, to_change_page


class StatusChangeInline(ReadOnlyInline):
    model = StatusChange
    fields = ("happened_on", "status", "reason", "reported_on", "recorded_by", "voided_at")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("recorded_by", "apprenticeship")


class SupervisionInline(ReadOnlyInline):
    model = Supervision
    fields = ("user", "role", "from_on", "until_on")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user", "apprenticeship")


class JobTitleInline(ReadOnlyInline):
    model = JobTitle
    fields = ("from_on", "title", "department", "voided_at")


class WageRateInline(ReadOnlyInline):
    model = WageRate
    fields = ("from_on", "hourly_rate", "reason", "voided_at")


class JourneyCardInline(ReadOnlyInline):
    model = JourneyCard
    fields = ("number", "issued_on", "issued_by", "revoked_at")
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("issued_by")


class StatusFilter(admin.SimpleListFilter):
    title = gettext_lazy("status today")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return StatusChange.Status.choices

    def queryset(self, request, queryset):
        return queryset.filter(status=self.value()) if self.value() else queryset


@admin.register(Apprenticeship)
class ApprenticeshipAdmin(ReadOnlyAdmin):
    list_display = ("ref", "person", "employer", "status_today", "registered_on", "cohort", "progress")
    list_filter = (StatusFilter, "standards__sponsor", "employer")
    list_select_related = ("apprentice", "employer", "cohort")
    search_fields = ("ref", "apprentice__first_name", "apprentice__last_name", "apprentice__email", "employer__name")
    fields = (
        "ref",
        "apprentice",
        "employer",
        "standards",
        "registration",
        "cohort",
        "registered_on",
        "journeyworker_rate",
        "ledger_position",
        "facts_position",
        "recorded_at",
        "recorded_by",
    )
    inlines = (StatusChangeInline, JourneyCardInline, SupervisionInline, JobTitleInline, WageRateInline)
    change_form_template = "admin/apprentices/apprenticeship/change_form.html"
    change_list_template = "admin/apprentices/apprenticeship/change_list.html"

    def has_add_permission(self, request):
        return True

    def get_queryset(self, request):
        return with_status(super().get_queryset(request), on=timezone.localdate())

    def get_urls(self):
        guard = self.admin_site.admin_view
        acts = {"card": self.issue_card, "status": self.change_status, "supervision": self.assign}
        return [
            path(f"<int:key>/{name}/", guard(act), name=f"apprentices_apprenticeship_{name}")
            for name, act in acts.items()
        ] + super().get_urls()

    @admin.display(description=gettext_lazy("apprentice"), ordering="apprentice__last_name")
    def person(self, apprenticeship):
        return apprenticeship.apprentice

    @admin.display(description=gettext_lazy("status today"), ordering="status")
    def status_today(self, apprenticeship):
        return StatusChange.Status(apprenticeship.status).label

    @admin.display(description=gettext_lazy("progress"))
    def progress(self, apprenticeship):
        return format_html('<a href="{}">{}</a>', reverse("progress", args=[apprenticeship.ref]), _("Look"))

    def add_view(self, request, form_url="", extra_context=None):
        """Register an apprentice: what a rule forbids is refused here, where an import only warns."""
        form = RegistrationForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            done = self._registered(request, form)
            if done:
                return done
        return act_page(self, request, title=_("Register an apprentice"), form=form, submit=_("Register"))

    def _registered(self, request, form):
        row = form.row()
        try:
            taken = register(
                rows=[row],
                by=request.user,
                standards=[form.cleaned_data["standards"]],
                strict=True,
                guardian_signed=form.cleaned_data["guardian_signed"],
            )
        except RowError as error:
            add_row_errors(form, error)
            return None
        for warning in taken.warnings:
            messages.warning(request, warning)
        registered = Apprenticeship.objects.get(ref=row.apprentice_ref)
        messages.success(request, _("%(ref)s is registered.") % {"ref": registered.ref})
        return to_change_page(self, registered)

    def issue_card(self, request, key):
        """The sponsor's card. A refusal lists what is missing."""
        apprenticeship = row_or_404(self, request, key)
        form = CardForm(request.POST or None, initial={"issued_on": timezone.localdate()})
        missing, status = [], 200
        if request.method == "POST" and form.is_valid():
            try:
                card = issue(apprenticeship=apprenticeship, by=request.user, on=form.cleaned_data["issued_on"])
            except NotEligible as refusal:
                missing, status = refusal.refusals, 409
            except HoldsCard as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                messages.success(request, _("Card %(number)s is issued.") % {"number": card.number})
                return to_change_page(self, apprenticeship)
        return act_page(
            self,
            request,
            title=_("Issue the journey card"),
            row=apprenticeship,
            form=form,
            lines=missing,
            lines_title=_("No card was issued. What is missing:"),
            explanation=_(
                "The sponsor’s card, with the assessment as it stands. Completing the apprenticeship is an act of its "
                "own; the certificate of completion comes from the registration agency alone."
            ),
            submit=_("Issue the card"),
            status=status,
        )

    def change_status(self, request, key):
        apprenticeship = row_or_404(self, request, key)
        form = StatusForm(request.POST or None, initial={"on": timezone.localdate()})
        if request.method == "POST" and form.is_valid():
            try:
                change_status(apprenticeships=[apprenticeship], by=request.user, **form.cleaned_data)
            except StatusRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The status is recorded."))
                return to_change_page(self, apprenticeship)
        status = 409 if form.non_field_errors() else 200
        title = _("Change the status")
        return act_page(self, request, title=title, row=apprenticeship, form=form, submit=title, status=status)

    def assign(self, request, key):
        """Who supervises, mentors or stands in."""
        apprenticeship = row_or_404(self, request, key)
        form = SupervisionForm(request.POST or None, apprenticeship=apprenticeship)
        if request.method == "POST" and form.is_valid():
            assign(apprenticeships=[apprenticeship], by=request.user, **form.cleaned_data)
            messages.success(request, _("Recorded."))
            return to_change_page(self, apprenticeship)
        title = _("Name a supervisor, mentor or substitute")
        return act_page(self, request, title=title, row=apprenticeship, form=form, submit=_("Record"))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if request.method != "GET":
            return redirect(request.path)
        return super().change_view(request, object_id, form_url, extra_context)
