"""Reviews and wishes to look at; the questions of reviews to keep."""

from django.contrib import admin, messages
from django.urls import path
from django.utils.translation import gettext as _

from apprentices.actions.review_questions import retire_question
from apprentices.models import Review, ReviewPart, ReviewQuestion, Wish
from apprentices.queries.reviews import is_answered
from imt.audit.admin import ReadOnlyAdmin, ReadOnlyInline, RecordedAdmin, act_page, row_or_404, to_change_page


class ReviewPartInline(ReadOnlyInline):
    model = ReviewPart
    fields = ("part", "signed_at", "signed_by", "answers")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("signed_by")


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    list_display = ("apprenticeship", "due_on", "held_on", "recorded_by", "voided_at")
    list_select_related = ("apprenticeship", "recorded_by")
    search_fields = ("=apprenticeship__ref",)
    inlines = (ReviewPartInline,)
    ordering = ("-recorded_at", "-pk")


@admin.register(Wish)
class WishAdmin(ReadOnlyAdmin):
    list_display = ("apprenticeship", "text", "wished_at", "answered_at", "answered_by")
    list_select_related = ("apprenticeship", "answered_by")
    search_fields = ("=apprenticeship__ref", "text")
    ordering = ("-wished_at", "-pk")


@admin.register(ReviewQuestion)
class ReviewQuestionAdmin(RecordedAdmin):
    list_display = ("text", "part", "position", "is_wish", "sponsor", "retired_at")
    list_filter = ("sponsor", "part")
    list_select_related = ("sponsor",)
    search_fields = ("text",)
    fields = ("sponsor", "part", "position", "text", "is_wish", "retired_at")
    change_form_template = "admin/apprentices/reviewquestion_change_form.html"

    def get_readonly_fields(self, request, obj=None):
        """A question that was answered once stays as it was asked; its place in the order may change."""
        if obj is None:
            return ("retired_at",)
        if obj.retired_at or is_answered(obj):
            return ("sponsor", "part", "text", "is_wish", "retired_at")
        return ("sponsor", "retired_at")

    def get_urls(self):
        guard = self.admin_site.admin_view
        name = "apprentices_reviewquestion_retire"
        return [path("<int:key>/retire/", guard(self.retire), name=name), *super().get_urls()]

    def retire(self, request, key):
        """No review asks it from now on."""
        question = row_or_404(self, request, key)
        if request.method == "POST":
            retire_question(question=question, by=request.user)
            messages.success(request, _("Retired: no review asks it from now on."))
            return to_change_page(self, question)
        return act_page(
            self,
            request,
            title=_("Retire the question"),
            row=question,
            explanation=_("“%(text)s” is asked no more. The answers that were given stay.") % {"text": question.text},
            submit=_("Retire"),
        )
