"""Who acts: every change names a row of User, whether a person, a signed link, another system or this system itself."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager):
    def create_user(self, *, name, email=None, password=None, **flags):
        """A new user. `email` may be missing (people without one sign in by badge); it is kept in lower case."""
        user = self.model(name=name, email=email.strip().lower() if email else None, **flags)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email):
        return self.get(email=email.strip().lower())


class User(AbstractBaseUser):
    class Kind(models.TextChoices):
        PERSON = "PERSON", _("Person")
        LINK = "LINK", _("Signed link")
        INTEGRATION = "INTEGRATION", _("Integration")
        SYSTEM = "SYSTEM", _("This system")

    email = models.EmailField(_("e-mail"), unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PERSON)
    is_staff = models.BooleanField(_("intermediary staff"), default=False)
    is_auditor = models.BooleanField(_("auditor"), default=False)
    is_equal_opportunity = models.BooleanField(_("equal-opportunity officer"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    wants_reminders = models.BooleanField(_("wants reminders by mail"), default=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ("name",)

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = (
            models.CheckConstraint(
                name="user_email_is_lower_case_and_not_empty",
                condition=Q(email__isnull=True) | (Q(email=Lower("email")) & ~Q(email="")),
            ),
            models.CheckConstraint(
                name="user_only_a_person_holds_a_house_role",
                condition=Q(kind="PERSON") | Q(is_staff=False, is_auditor=False, is_equal_opportunity=False),
            ),
            models.UniqueConstraint(name="user_there_is_one_system", fields=("kind",), condition=Q(kind="SYSTEM")),
        )

    def __str__(self):
        return self.name or self.email or str(self.pk)

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name.split(" ")[0]

    # Django's admin asks these two; the admin is the staff's room, and what staff may do there is decided by actions.
    def has_perm(self, perm, obj=None):
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label):
        return self.is_active and self.is_staff


class NoticeQuerySet(models.QuerySet):
    def unsent(self):
        return self.filter(state=Notice.State.QUEUED)


class Notice(models.Model):
    """What is to be sent to somebody. The row is the work: a task sends what is queued, and a sweep finds what a lost
    message left. People without an e-mail address are told in person: their notices stand as NO_ADDRESS."""

    class State(models.TextChoices):
        QUEUED = "QUEUED", _("Queued")
        SENT = "SENT", _("Sent")
        FAILED = "FAILED", _("Failed")
        NO_ADDRESS = "NO_ADDRESS", _("No address")

    kind = models.CharField(_("kind"), max_length=60)
    to = models.ForeignKey(User, models.PROTECT, related_name="notices", verbose_name=_("to"))
    details = models.JSONField(_("details"), default=dict)
    # what makes a reminder the same reminder, so that it is sent once however often the clock asks
    once_key = models.CharField(_("told once"), max_length=150, unique=True, null=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("error"), blank=True)
    queued_at = models.DateTimeField(_("queued"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = (
            models.CheckConstraint(
                name="notice_is_sent_when_it_says_so",
                condition=Q(state="SENT", sent_at__isnull=False) | (~Q(state="SENT") & Q(sent_at__isnull=True)),
            ),
        )
        indexes = (models.Index(name="notice_unsent", fields=("id",), condition=Q(state="QUEUED")),)

    def __str__(self):
        return f"{self.kind} → {self.to}"


class InvitationQuerySet(models.QuerySet):
    def open(self, *, at):
        """Neither accepted nor withdrawn, and not expired at that moment."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at)


class Invitation(models.Model):
    """A code, mailed or printed, with which a user chooses a password for the first time. Here is only its SHA-256."""

    class Standing(models.TextChoices):
        OPEN = "OPEN", _("Invited")
        USED = "USED", _("Used")
        WITHDRAWN = "WITHDRAWN", _("Withdrawn")
        EXPIRED = "EXPIRED", _("Expired")

    user = models.ForeignKey(User, models.PROTECT, related_name="invitations", verbose_name=_("user"))
    code_digest = models.CharField(_("SHA-256 of the code"), max_length=64, unique=True, editable=False)
    invited_at = models.DateTimeField(_("invited"))
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("invited by"))
    expires_at = models.DateTimeField(_("good until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = (
            models.CheckConstraint(
                name="invitation_is_accepted_or_withdrawn",
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="invitation_is_open_once",
                fields=("user",),
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
            ),
        )

    def __str__(self):
        return f"{self.user} {self.invited_at:%Y-%m-%d}"

    def standing(self, *, at):
        """How the invitation stands at that moment."""
        if self.accepted_at:
            return self.Standing.USED
        if self.withdrawn_at:
            return self.Standing.WITHDRAWN
        return self.Standing.OPEN if at < self.expires_at else self.Standing.EXPIRED
