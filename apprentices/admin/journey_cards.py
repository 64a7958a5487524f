"""Journey cards as they were issued, and revoking one."""

from django.contrib import admin, messages
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apprentices.actions.journey_cards import CardRevoked, revoke
from apprentices.forms.apprenticeships import ReasonForm
from apprentices.models import JourneyCard
from apprentices.queries.journey_cards import cards_no_longer_supported
from imt.audit.admin import ReadOnlyAdmin, act_page, row_or_404, to_change_page


@admin.register(JourneyCard)
class JourneyCardAdmin(ReadOnlyAdmin):
    list_display = ("number", "person", "apprenticeship", "issued_on", "issued_by", "revoked_at")
    list_filter = ("issued_on",)
    list_select_related = ("apprenticeship__apprentice", "issued_by")
    search_fields = ("number", "=apprenticeship__ref", "apprenticeship__apprentice__last_name")
    ordering = ("-issued_at",)
    change_form_template = "admin/apprentices/journeycard_change_form.html"
    change_list_template = "admin/apprentices/journeycard_change_list.html"

    @admin.display(description=gettext_lazy("apprentice"), ordering="apprenticeship__apprentice__last_name")
    def person(self, card):
        return card.apprenticeship.apprentice

    def get_urls(self):
        guard = self.admin_site.admin_view
        return [
            path("<int:key>/revoke/", guard(self.revoke), name="apprentices_journeycard_revoke"),
            path("unsupported/", guard(self.unsupported), name="apprentices_journeycard_unsupported"),
            *super().get_urls(),
        ]

    def revoke(self, request, key):
        card = row_or_404(self, request, key)
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                revoke(card=card, reason=form.cleaned_data["reason"], by=request.user)
            except CardRevoked as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Revoked."))
                return to_change_page(self, card)
        status = 409 if form.non_field_errors() else 200
        title = _("Revoke card %(number)s") % {"number": card.number}
        return act_page(self, request, title=title, row=card, form=form, submit=_("Revoke"), status=status)

    def unsupported(self, request):
        """Cards that a later amendment left without what they rest on: they stay until staff decide."""
        cards = cards_no_longer_supported()
        return act_page(
            self,
            request,
            title=_("Cards that a later change no longer supports"),
            explanation=_("They stay valid until you revoke them.") if cards else _("There is none."),
            lines=[
                f"{card.number}, {card.apprenticeship}: {'; '.join(one.refusal() for one in missing)}"
                for card, missing in cards
            ],
        )
