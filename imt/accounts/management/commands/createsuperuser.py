from django.contrib.auth.management.commands import createsuperuser
from django.core.management.base import CommandError


class Command(createsuperuser.Command):
    """Django's command has nothing to create here: staff is a flag of a user, and the first of them comes with the
    sponsor and its agency. Its options stay, so that whoever types it from memory reads this and no usage error."""

    help = "Not used here: a first installation starts with first_steps, further staff are added in the admin."
    requires_migrations_checks = False  # the answer is the same whatever the database holds, or whether it is there

    def handle(self, *args, **options):
        raise CommandError(
            "there are no superusers: a first installation starts with “manage.py first_steps”, "
            "further users of the staff are added in the admin"
        )
