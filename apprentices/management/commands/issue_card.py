from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apprentices.actions.journey_cards import HoldsCard, NotEligible, issue
from apprentices.models import Apprenticeship
from employers.permissions import NotAllowed
from imt.accounts.models import User
from imt.audit.actions import origin


class Command(BaseCommand):
    help = "Issue a journey card as of today. Refused: exit 1, and one line per unmet requirement on standard error."

    def add_arguments(self, parser):
        parser.add_argument("ref", metavar="REF", help="the apprenticeship's reference")
        parser.add_argument("--by", metavar="EMAIL", required=True, help="who issues it: someone of the staff")

    def handle(self, *, ref, by, **options):
        try:
            apprenticeship = Apprenticeship.objects.get(ref=ref)
        except Apprenticeship.DoesNotExist as error:
            raise CommandError(f"no apprenticeship {ref}") from error
        try:
            user = User.objects.get_by_natural_key(by)
        except User.DoesNotExist as error:
            raise CommandError(f"no user {by}") from error
        try:
            with origin("command issue_card"):
                card = issue(apprenticeship=apprenticeship, by=user, on=timezone.localdate())
        except NotEligible as refused:
            for line in refused.refusals:
                self.stderr.write(line)
            raise SystemExit(1) from refused
        except (HoldsCard, NotAllowed) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(card.number)
