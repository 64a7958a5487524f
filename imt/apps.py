from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig

from imt.celery import app


class ImtConfig(AppConfig):
    name = "imt"
    label = "imt"

    def ready(self):
        """The web process and the commands know every task too: without a broker they run them themselves."""
        app.autodiscover_tasks(force=True)


class SiteAdminConfig(AdminConfig):
    """Django's admin under our roof: the rooms of every app register with `admin.site` as usual and land in ours."""

    default_site = "imt.admin.ImtAdminSite"
