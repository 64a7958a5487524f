"""Versions of registered standards: looked at, loaded from a workbook, published, asked for the committee's word."""

from django.contrib import admin, messages
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employers.actions.review_intervals import set_review_interval
from employers.actions.standards import PublishingRefused, ask_for_committee, load_standards, publish
from employers.forms.standards import ReviewIntervalForm, StandardsWorkbookForm
from employers.models import Course, CredentialRequirement, Standards, StandardsRegistration, WageStep, WorkProcess
from employers.queries.standards import findings_of
from imt.audit.admin import ReadOnlyAdmin, ReadOnlyInline, act_page, row_or_404, to_change_page


class WorkProcessInline(ReadOnlyInline):
    model = WorkProcess
    fields = ("code", "title", "minimum", "maximum", "competency_titles")
    readonly_fields = fields

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("competencies")

    @admin.display(description=gettext_lazy("competencies"))
    def competency_titles(self, process):
        return "; ".join(f"{one.number} {one.title}" for one in process.competencies.all())


class CourseInline(ReadOnlyInline):
    model = Course
    fields = ("code", "title", "hours", "organization")


class CredentialInline(ReadOnlyInline):
    model = CredentialRequirement
    fields = ("code", "title", "issuer")


class WageStepInline(ReadOnlyInline):
    model = WageStep
    fields = ("title", "ojl_hours", "ri_hours", "months", "percentage", "hourly_rate")


class RegistrationInline(ReadOnlyInline):
    model = StandardsRegistration
    fields = ("agency", "number", "registered_on", "updated_on")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("agency", "standards__sponsor")


@admin.register(Standards)
class StandardsAdmin(ReadOnlyAdmin):
    list_display = ("occupation", "sponsor", "version", "approach", "ojl_minimum", "ri_minimum", "published_at")
    list_filter = ("sponsor", "approach")
    list_select_related = ("sponsor",)
    search_fields = ("occupation", "sponsor__name")
    inlines = (RegistrationInline, WorkProcessInline, CourseInline, CredentialInline, WageStepInline)
    change_list_template = "admin/employers/standards/change_list.html"
    change_form_template = "admin/employers/standards/change_form.html"

    def get_urls(self):
        guard = self.admin_site.admin_view
        return [
            path("load/", guard(self.load), name="employers_standards_load"),
            path("<int:key>/publish/", guard(self.publish), name="employers_standards_publish"),
            path("<int:key>/reviews/", guard(self.reviews), name="employers_standards_reviews"),
            path("<int:key>/committee/", guard(self.committee), name="employers_standards_committee"),
            *super().get_urls(),
        ]

    def load(self, request):
        """A workbook becomes a version: a new one, or the next where somebody is registered under the last."""
        form = StandardsWorkbookForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            loaded = load_standards(content=form.content, by=request.user)
            said = {"name": loaded.standards, "outcome": loaded.outcome}
            messages.success(request, _("%(name)s: %(outcome)s.") % said)
            _warn_of(request, loaded.findings)
            return to_change_page(self, loaded.standards)
        return act_page(self, request, title=_("Load standards from a workbook"), form=form, submit=_("Load"))

    def publish(self, request, key):
        """From then on numbers and codes stay as they are."""
        standards = row_or_404(self, request, key)
        refusals = [finding for finding in findings_of(standards) if finding.refuses]
        if request.method == "POST":
            try:
                publish(standards=standards, by=request.user)
            except PublishingRefused as refusal:
                refusals = refusal.findings
            else:
                messages.success(request, _("Published: numbers and codes of this version no longer change."))
                return to_change_page(self, standards)
        return act_page(
            self,
            request,
            title=_("Publish %(standards)s") % {"standards": standards},
            row=standards,
            lines=[_(finding.sentence) % finding.values for finding in refusals],
            lines_title=_("The agency’s rules forbid it:"),
            explanation=_("Numbers and codes of a published version no longer change; a change is the next version."),
            submit=_("Publish"),
            status=409 if request.method == "POST" else 200,
        )

    def reviews(self, request, key):
        """How often progress is reviewed; no workbook says it."""
        standards = row_or_404(self, request, key)
        form = ReviewIntervalForm(request.POST or None, initial={"days": standards.review_interval_days})
        if request.method == "POST" and form.is_valid():
            set_review_interval(standards=standards, days=form.cleaned_data["days"], by=request.user)
            messages.success(request, _("%(standards)s says so now.") % {"standards": standards})
            return to_change_page(self, standards)
        return act_page(
            self, request, title=_("How often to review progress"), row=standards, form=form, submit=_("Save")
        )

    def committee(self, request, key):
        """Whether the card asks for the committee's recommendation; no workbook says it."""
        standards = row_or_404(self, request, key)
        asks = not standards.asks_for_committee
        if request.method == "POST":
            decided = ask_for_committee(standards=standards, asks=asks, by=request.user)
            messages.success(request, _("%(standards)s says so now.") % {"standards": decided})
            return to_change_page(self, decided)
        title = (
            _("Ask for the committee’s recommendation")
            if asks
            else _("No longer ask for the committee’s recommendation")
        )
        return act_page(
            self,
            request,
            title=title,
            row=standards,
            explanation=_("Where this version is published already, the next version says it."),
            submit=title,
        )


def _warn_of(request, findings):
    for finding in findings:
        messages.warning(request, _(finding.sentence) % finding.values)
