"""Who belongs to an employer, a union local or a sponsor, and whom a local covers: begun and ended by acts."""

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext as _

from employers.actions.members import end_member
from employers.actions.memberships import add_local_member, add_member, add_sponsor_member, cover_employer, end
from employers.models import EmployerMembership, LocalCoverage, LocalMembership, SponsorMembership, UnionLocal
from imt.audit.admin import RecordedAdmin


class DatedForm(forms.ModelForm):
    def clean_until_on(self):
        """The row's constraint says it, too, but is not asked while the beginning is read-only."""
        until_on = self.cleaned_data["until_on"]
        if until_on and self.instance.from_on and until_on < self.instance.from_on:
            raise forms.ValidationError(_("Not before the day on which it began."))
        return until_on


class DatedAdmin(RecordedAdmin):
    """`add` is the action that begins the row, with the names of its arguments; afterwards only its end can be set."""

    form = DatedForm
    add = None
    list_filter = ("from_on", "until_on")
    ordering = ("-from_on", "-pk")
    arguments = ()

    def get_fields(self, request, obj=None):
        return (*self.arguments, "from_on", *(("until_on",) if obj else ()))

    def get_readonly_fields(self, request, obj=None):
        return (*self.arguments, "from_on") if obj else ()

    def save_model(self, request, obj, form, change):
        if not change:
            said = {name: getattr(obj, name) for name in self.arguments}
            obj.pk = type(self).add(**said, on=obj.from_on, by=request.user).pk
        elif obj.until_on:
            self.end(obj, by=request.user)

    def end(self, obj, *, by):
        end(membership=obj, on=obj.until_on, by=by)


@admin.register(EmployerMembership)
class EmployerMembershipAdmin(DatedAdmin):
    add = add_member
    arguments = ("user", "employer", "role")
    list_display = ("user", "employer", "role", "from_on", "until_on")
    list_filter = ("role", "employer")
    list_select_related = ("user", "employer")
    search_fields = ("user__name", "user__email", "employer__name")
    autocomplete_fields = ("user", "employer")

    def end(self, obj, *, by):
        end_member(membership=obj, on=obj.until_on, by=by, today=timezone.localdate(), moment=timezone.now())


@admin.register(UnionLocal)
class UnionLocalAdmin(RecordedAdmin):
    search_fields = ("name",)


@admin.register(LocalMembership)
class LocalMembershipAdmin(DatedAdmin):
    add = add_local_member
    arguments = ("user", "local")
    list_display = ("user", "local", "from_on", "until_on")
    list_filter = ("local",)
    list_select_related = ("user", "local")
    search_fields = ("user__name", "user__email", "local__name")
    autocomplete_fields = ("user", "local")


@admin.register(LocalCoverage)
class LocalCoverageAdmin(DatedAdmin):
    add = cover_employer
    arguments = ("local", "employer")
    list_display = ("local", "employer", "from_on", "until_on")
    list_filter = ("local",)
    list_select_related = ("local", "employer")
    search_fields = ("local__name", "employer__name")
    autocomplete_fields = ("local", "employer")


@admin.register(SponsorMembership)
class SponsorMembershipAdmin(DatedAdmin):
    add = add_sponsor_member
    arguments = ("user", "sponsor")
    list_display = ("user", "sponsor", "from_on", "until_on")
    list_filter = ("sponsor",)
    list_select_related = ("user", "sponsor")
    search_fields = ("user__name", "user__email", "sponsor__name")
    autocomplete_fields = ("user", "sponsor")
