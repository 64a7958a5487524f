from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ImtConfig(AppConfig):
    name = "imt"
    label = "imt"


class SiteAdminConfig(AdminConfig):
    """Django's admin under our roof: the rooms of every app register with `admin.site` as usual and land in ours."""

    default_site = "imt.admin.ImtAdminSite"
