"""The employer's own pages."""

from django.urls import path

from employers.views import calendars

urlpatterns = [
    path("crew/settings/", calendars.employers_settings, name="employers_settings"),
    path("crew/settings/<int:key>/", calendars.employer_settings, name="employer_settings"),
]
