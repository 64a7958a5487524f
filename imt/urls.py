"""Every address, by room."""

from django.contrib import admin
from django.urls import include, path

from imt import views
from imt.accounts.views import notices

urlpatterns = [
    path("", views.home, name="home"),
    path("livez", views.livez, name="livez"),
    path("readyz", views.readyz, name="readyz"),
    path("accounts/", include("imt.accounts.urls")),
    path("me/notices/", notices.notices, name="notices"),
    path("admin/", admin.site.urls),
    path("", include("employers.urls")),
    path("", include("apprentices.urls")),
]

handler500 = "imt.views.server_error"
