import getpass
import os
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from apprentices.actions.hour_shapes import lay_presets
from employers.actions.agencies import agency_for, lay_agencies
from employers.actions.employers import sponsor_of
from employers.models import RegistrationAgency
from imt.accounts.actions import create_person, system_user
from imt.accounts.models import User
from imt.audit.actions import origin

PASSWORD_VARIABLE = "IMT_FIRST_PASSWORD"


@transaction.atomic
def take_first_steps(*, email, name, password, sponsor, agency):
    """The agencies, the sponsor and the first user of the staff. Returns (User, Sponsor, RegistrationAgency).

    `agency`: the code of one, or a state's two letters. Agencies and sponsor may be there already; ValidationError for
    a password or e-mail that will not do."""
    validate_email(email)
    if User.objects.filter(email=email.strip().lower()).exists():
        raise ValidationError(_("There is a user with this e-mail already."))
    validate_password(password, User(email=email, name=name))
    by = system_user()
    known = lay_agencies(by=by)
    lay_presets(by=by)
    chosen = known.get(agency) or agency_for(state=agency, kind=RegistrationAgency.Kind.STATE, by=by)
    if chosen is None:
        raise ValidationError(_("“%(agency)s” is no agency: WI, PA, …, or OA"), params={"agency": agency})
    user = create_person(name=name, email=email, password=password, is_staff=True, by=by)
    return user, sponsor_of(name=sponsor, by=by), chosen


class Command(BaseCommand):
    help = (
        "Begin a real installation: the first user of the staff, the sponsor and its registration agency. "
        f"Asks for what the options leave open; the password may stand in {PASSWORD_VARIABLE}."
    )

    def add_arguments(self, parser):
        parser.add_argument("--email", help="of the first user; signs in with it")
        parser.add_argument("--name", help="of the first user")
        parser.add_argument("--sponsor", help="who holds the registered standards")
        parser.add_argument("--agency", help="where they are registered: WI, PA, …, or OA for the federal office")

    def handle(self, *, email, name, sponsor, agency, **options):
        if User.objects.filter(is_staff=True).exists():
            raise CommandError("there is a user of the staff already: further ones are made in the admin")
        answers = {
            "email": email or self._ask("E-mail of the first user"),
            "name": name or self._ask("Name of the first user"),
            "sponsor": sponsor or self._ask("Sponsor"),
            "agency": (agency or self._ask("Registration agency (WI, PA, …, or OA)")).upper(),
        }
        try:
            with origin("command first_steps"):
                user, sponsor, agency = take_first_steps(password=self._password(), **answers)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{user.name} signs in as {user.email}; the first time asks for a second factor.")
        self.stdout.write(f"Sponsor: {sponsor.name}")
        self.stdout.write(
            f"Agency: {agency.name}: changes are reported within {agency.notice_days} days, "
            f"{agency.ri_hours_a_year} h of related instruction a year are {agency.get_ri_weight_display().lower()}"
        )
        if not agency.is_verified:
            self.stdout.write(
                "These rules are not verified yet: read them up with the agency and mark them in the admin."
            )
        self.stdout.write("Next: import_standards FILE.xlsx")

    def _ask(self, question):
        if not sys.stdin.isatty():
            raise CommandError(f"{question}: give it as an option, as nobody can be asked here")
        while not (answer := input(f"{question}: ").strip()):
            pass
        return answer

    def _password(self):
        if given := os.environ.get(PASSWORD_VARIABLE):
            return given
        if not sys.stdin.isatty():
            raise CommandError(f"give the password in {PASSWORD_VARIABLE}, as nobody can be asked here")
        first = getpass.getpass("Password: ")
        if first != getpass.getpass("Again: "):
            raise CommandError("the two passwords differ")
        return first
