"""seed_demo: the invented people and firms on whom everything can be seen and tried."""

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from apprentices.models import Apprenticeship
from imt.accounts.models import User
from imt.audit.actions import origin
from imt.demo.seeding import is_loaded, seed


class Command(BaseCommand):
    help = "Load the demo once. Only into a demo (IMT_DEMO=1) or an empty database on this machine."

    def handle(self, *args, **options):
        if is_loaded():
            self.stdout.write("The demo is loaded already.")
            return
        if not settings.DEMO_PASSWORD or settings.DATABASE_IS_ELSEWHERE:
            raise CommandError(
                "The demo's accounts share one password: not where others are served or data is elsewhere."
            )
        if not settings.DEMO and _holds_something():
            raise CommandError("This installation holds people already. With IMT_DEMO=1 the demo is laid beside them.")
        with origin("command seed_demo"):
            seed(password=settings.DEMO_PASSWORD)
        self.stdout.write(f"The demo is loaded: {Apprenticeship.objects.count()} apprenticeships.")


def _holds_something():
    return Apprenticeship.objects.exists() or User.objects.filter(kind=User.Kind.PERSON).exists()
