"""Employers, sponsors, agencies, providers: plain rows that staff keep."""

from django.contrib import admin

from employers.models import (
    Committee,
    CrosswalkRow,
    Employer,
    EmployerSettings,
    JourneyworkerCount,
    OfferedCourse,
    RegistrationAgency,
    Sponsor,
    TrainingProvider,
    Worksite,
)
from imt.audit.admin import RecordedAdmin, RecordedInline


class EmployerSettingsInline(RecordedInline):
    model = EmployerSettings


class WorksiteInline(RecordedInline):
    model = Worksite


@admin.register(Employer)
class EmployerAdmin(RecordedAdmin):
    list_display = ("name", "state", "time_zone")
    list_filter = ("state",)
    search_fields = ("name",)
    inlines = (EmployerSettingsInline, WorksiteInline)


class JourneyworkerCountInline(RecordedInline):
    model = JourneyworkerCount


@admin.register(Worksite)
class WorksiteAdmin(RecordedAdmin):
    list_display = ("name", "employer")
    list_select_related = ("employer",)
    search_fields = ("name", "employer__name")
    inlines = (JourneyworkerCountInline,)


class CommitteeInline(RecordedInline):
    model = Committee


@admin.register(Sponsor)
class SponsorAdmin(RecordedAdmin):
    list_display = ("name", "complaints_contact")
    search_fields = ("name",)
    inlines = (CommitteeInline,)


@admin.register(RegistrationAgency)
class RegistrationAgencyAdmin(RecordedAdmin):
    list_display = ("code", "name", "kind", "system", "notice_days", "ri_hours_a_year", "ri_weight", "is_verified")
    list_filter = ("kind", "is_verified")
    search_fields = ("code", "name")


class OfferedCourseInline(RecordedInline):
    model = OfferedCourse


@admin.register(TrainingProvider)
class TrainingProviderAdmin(RecordedAdmin):
    search_fields = ("name",)
    inlines = (OfferedCourseInline,)


class CrosswalkInline(RecordedInline):
    model = CrosswalkRow


@admin.register(OfferedCourse)
class OfferedCourseAdmin(RecordedAdmin):
    list_display = ("code", "title", "provider", "delivery")
    list_filter = ("delivery", "provider")
    list_select_related = ("provider",)
    search_fields = ("code", "title", "provider__name")
    inlines = (CrosswalkInline,)
