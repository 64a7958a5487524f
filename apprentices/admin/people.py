"""The people behind the apprenticeships, and their way in."""

from django.contrib import admin, messages
from django.urls import path
from django.utils.translation import gettext as _

from apprentices.actions.people import give_sign_in
from apprentices.forms.apprenticeships import SignInForm
from apprentices.models import Apprentice, Apprenticeship
from imt.accounts.actions import create_person
from imt.accounts.models import User
from imt.audit.admin import ReadOnlyAdmin, ReadOnlyInline, act_page, row_or_404, to_change_page


class ApprenticeshipInline(ReadOnlyInline):
    model = Apprenticeship
    fields = ("ref", "employer", "standards", "registered_on")
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("employer", "standards__sponsor")


@admin.register(Apprentice)
class ApprenticeAdmin(ReadOnlyAdmin):
    """The birth date is not shown: it is encrypted for a reason."""

    list_display = ("last_name", "first_name", "email", "user")
    list_select_related = ("user",)
    search_fields = ("first_name", "last_name", "email", "apprenticeships__ref")
    ordering = ("last_name", "first_name", "pk")
    fields = ("first_name", "last_name", "email", "user", "recorded_at")
    inlines = (ApprenticeshipInline,)
    change_form_template = "admin/apprentices/apprentice/change_form.html"

    def get_urls(self):
        guard = self.admin_site.admin_view
        address = path("<int:key>/sign-in/", guard(self.sign_in), name="apprentices_apprentice_sign_in")
        return [address, *super().get_urls()]

    def sign_in(self, request, key):
        """An account for the person; they choose their password through the link of a forgotten one."""
        apprentice = row_or_404(self, request, key)
        form = SignInForm(request.POST or None, apprentice=apprentice)
        if request.method == "POST" and form.is_valid():
            email = form.cleaned_data["email"]
            user = User.objects.filter(email=email, kind=User.Kind.PERSON).first()
            user = user or create_person(name=str(apprentice), email=email, by=request.user)
            give_sign_in(apprentice=apprentice, user=user, by=request.user)
            said = _("%(person)s signs in as %(email)s; the password is set with “Forgotten password”.")
            messages.success(request, said % {"person": apprentice, "email": email})
            return to_change_page(self, apprentice)
        return act_page(self, request, title=_("Give a sign-in"), row=apprentice, form=form, submit=_("Give"))
