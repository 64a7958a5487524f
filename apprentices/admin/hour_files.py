"""How files of hours look and what their words mean: presets for everybody, and what employers have settled."""

from django.contrib import admin

from apprentices.models import HourFileShape, HourFileWord
from imt.audit.admin import RecordedAdmin


@admin.register(HourFileShape)
class HourFileShapeAdmin(RecordedAdmin):
    list_display = ("name", "employer", "day_first", "used_at")
    list_select_related = ("employer",)
    list_filter = (("employer", admin.EmptyFieldListFilter),)
    search_fields = ("name", "employer__name")
    readonly_fields = ("used_at",)


@admin.register(HourFileWord)
class HourFileWordAdmin(RecordedAdmin):
    list_display = ("written", "means", "field", "employer", "recorded_by", "recorded_at")
    list_select_related = ("employer", "recorded_by")
    list_filter = ("field",)
    search_fields = ("written", "means", "employer__name")
    readonly_fields = ("recorded_at", "recorded_by")

    def has_add_permission(self, request):
        return False
