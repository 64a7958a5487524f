"""Accounts: staff make them; passwords are set by their owners, through the link of a forgotten password."""

from django import forms
from django.contrib import admin

from imt.accounts.actions import create_person
from imt.accounts.models import Notice, User
from imt.audit.admin import ReadOnlyAdmin, RecordedAdmin

ROLES = ("is_staff", "is_auditor", "is_equal_opportunity")


class UserForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("name", "email", *ROLES, "is_active", "language")

    def clean_email(self):
        email = (self.cleaned_data["email"] or "").strip().lower()
        return email or None


@admin.register(User)
class UserAdmin(RecordedAdmin):
    form = UserForm
    list_display = ("name", "email", "kind", *ROLES, "is_active", "last_login")
    list_filter = ("kind", *ROLES, "is_active")
    search_fields = ("name", "email")
    ordering = ("name", "pk")

    def save_model(self, request, obj, form, change):
        if change:
            return super().save_model(request, obj, form, change)
        roles = {role: form.cleaned_data[role] for role in ROLES}
        created = create_person(name=obj.name, email=obj.email or "", by=request.user, **roles)
        obj.pk = created.pk
        return obj

    def has_change_permission(self, request, obj=None):
        """Links, integrations and this system itself are nobody's to edit."""
        return super().has_change_permission(request, obj) and (obj is None or obj.kind == User.Kind.PERSON)


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """What was sent to whom, or could not be."""

    list_display = ("queued_at", "kind", "to", "state", "attempts", "sent_at", "error")
    list_filter = ("state", "kind")
    list_select_related = ("to",)
    search_fields = ("to__name", "to__email")
    ordering = ("-pk",)
