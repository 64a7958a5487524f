"""How the demo's people come in: one who is invited and has not answered yet, and one with badge and PIN."""

from django.utils import timezone

from apprentices.actions.people import make_sign_in
from employers.actions.badges import give_badge, set_pin
from employers.actions.members import add_invited_member
from employers.models import EmployerMembership
from imt.accounts.actions.invitations import invite_by_mail

# the number of Eli's badge, and its PIN: good at a tablet that a manager of Acme has paired
BADGE, PIN = "1005", "305718"


def let_in(*, eli, maria, today):
    """`eli`: the Apprenticeship of somebody without an e-mail address; `maria`: a manager of the same employer."""
    employer = eli.employer
    user = make_sign_in(apprentice=eli.apprentice, email="", employer=employer, by=maria)
    badge = give_badge(user=user, employer=employer, number=BADGE, on=today, by=maria)
    set_pin(badge=badge, pin=PIN, by=maria)
    invited = add_invited_member(
        name="Tess Nowak",
        email="tess@example.org",
        employer=employer,
        role=EmployerMembership.Role.SUPERVISOR,
        on=today,
        by=maria,
    )
    invite_by_mail(user=invited.user, where=employer.name, by=maria, moment=timezone.now())
