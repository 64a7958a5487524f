from django.apps import AppConfig


class ApprenticesConfig(AppConfig):
    name = "apprentices"
    label = "apprentices"
    default_auto_field = "django.db.models.BigAutoField"
