"""Registering somebody in the office, and the acts on an apprenticeship afterwards."""

from django import forms
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apprentices.forms.rows import DayInput
from apprentices.models import Apprentice, Apprenticeship, SelfIdentification, StatusChange, Supervision
from apprentices.rules.rows import SELF_IDENTIFICATION, ApprenticeRow
from apprentices.rules.statuses import ACTIVE, REGISTERED
from employers.models import Employer, Standards
from imt.accounts.models import User

DID_NOT = ("", gettext_lazy("Did not self-identify"))


def _answers(words):
    return [DID_NOT, *((word, word) for word in words)]


class RegistrationForm(forms.Form):
    """The agreement in the order of the paper form (ETA-671): the person, the program, the wage."""

    apprentice_ref = forms.CharField(label=gettext_lazy("Reference"), max_length=60)
    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=100)
    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=100)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        help_text=gettext_lazy("People without one can be registered, too."),
    )
    date_of_birth = forms.DateField(label=gettext_lazy("Birth date"), required=False, widget=DayInput)
    guardian_signed = forms.BooleanField(
        label=gettext_lazy("A parent or guardian has signed (below 18 years)"), required=False
    )
    standards = forms.ModelChoiceField(Standards.objects.none(), label=gettext_lazy("Standards"))
    employer = forms.ModelChoiceField(Employer.objects.all(), label=gettext_lazy("Employer"))
    cohort = forms.CharField(label=gettext_lazy("Cohort"), max_length=100, required=False)
    job_title = forms.CharField(label=gettext_lazy("The firm’s job title"), max_length=200, required=False)
    registered_on = forms.DateField(label=gettext_lazy("Registered on"), widget=DayInput)
    status = forms.ChoiceField(
        label=gettext_lazy("Status from that day"),
        choices=[(ACTIVE, StatusChange.Status.ACTIVE.label), (REGISTERED, StatusChange.Status.REGISTERED.label)],
    )
    journeyworker_rate = forms.DecimalField(
        label=gettext_lazy("Journeyworker rate, dollars an hour"),
        min_value=0,
        max_digits=6,
        decimal_places=2,
        required=False,
    )
    sex = forms.ChoiceField(label=gettext_lazy("Sex"), choices=_answers(SelfIdentification.SEX), required=False)
    ethnicity = forms.ChoiceField(
        label=gettext_lazy("Ethnicity"), choices=_answers(SelfIdentification.ETHNICITY), required=False
    )
    race = forms.MultipleChoiceField(
        label=gettext_lazy("Race"),
        choices=[(word, word) for word in SelfIdentification.RACE],
        required=False,
        help_text=gettext_lazy("Several may be chosen; none: did not self-identify."),
        widget=forms.CheckboxSelectMultiple,
    )
    veteran = forms.ChoiceField(
        label=gettext_lazy("Veteran"), choices=_answers(SelfIdentification.VETERAN), required=False
    )
    disability = forms.ChoiceField(
        label=gettext_lazy("Disability"), choices=_answers(SelfIdentification.DISABILITY), required=False
    )

    def __init__(self, data=None):
        super().__init__(data, initial={"registered_on": timezone.localdate(), "apprentice_ref": _next_ref()})
        self.fields["standards"].queryset = _newest_versions()

    @property
    def groups(self):
        """The fields as the page groups them."""
        person = ("apprentice_ref", "first_name", "last_name", "email", "date_of_birth", "guardian_signed")
        program = ("standards", "employer", "cohort", "job_title", "registered_on", "status", "journeyworker_rate")
        voluntary = _("Kept apart and encrypted, seen by the equal-opportunity officer alone, reported only in sums.")
        return [
            {"title": _("The person"), "fields": [self[name] for name in person]},
            {"title": _("The program"), "fields": [self[name] for name in program]},
            {
                "title": _("Voluntary self-identification"),
                "help": voluntary,
                "fields": [self[name] for name in SELF_IDENTIFICATION],
            },
        ]

    def row(self):
        """The ApprenticeRow of a valid form."""
        said = dict(self.cleaned_data)
        employer, standards = said.pop("employer"), said.pop("standards")
        said.pop("guardian_signed")
        said["race"] = ";".join(said["race"])
        said["email"] = said["email"].lower()
        return ApprenticeRow(
            line=1, employer=employer.name, employer_state=employer.state, sponsor=standards.sponsor.name, **said
        )


def _newest_versions():
    newest = Standards.objects.filter(sponsor=OuterRef("sponsor"), occupation=OuterRef("occupation"))
    latest = Subquery(newest.order_by("-version").values("pk")[:1])
    return Standards.objects.filter(pk=latest).select_related("sponsor")


def _next_ref():
    """A reference that is free: the year, and how many there are in it."""
    prefix = f"{timezone.localdate().year}-"
    number = Apprenticeship.objects.filter(ref__startswith=prefix).count() + 1
    while Apprenticeship.objects.filter(ref=f"{prefix}{number:04d}").exists():
        number += 1
    return f"{prefix}{number:04d}"


class StatusForm(forms.Form):
    status = forms.ChoiceField(label=gettext_lazy("Status"), choices=StatusChange.Status.choices)
    on = forms.DateField(label=gettext_lazy("From the start of"), widget=DayInput)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class SupervisionForm(forms.Form):
    user = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Who"))
    role = forms.ChoiceField(label=gettext_lazy("As"), choices=Supervision.Role.choices)
    on = forms.DateField(label=gettext_lazy("From"), widget=DayInput)

    def __init__(self, data=None, *, apprenticeship):
        super().__init__(data, initial={"on": timezone.localdate()})
        members = User.objects.filter(employer_memberships__employer=apprenticeship.employer_id)
        self.fields["user"].queryset = members.distinct().order_by("name")


class CardForm(forms.Form):
    issued_on = forms.DateField(label=gettext_lazy("Issued on"), widget=DayInput)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class SignInForm(forms.Form):
    """The address with which the apprentice signs in; somebody's own, known here or not."""

    email = forms.EmailField(label=gettext_lazy("E-mail"))

    def __init__(self, data=None, *, apprentice):
        super().__init__(data, initial={"email": apprentice.email})
        self.apprentice = apprentice

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if Apprentice.objects.filter(user__email=email).exclude(pk=self.apprentice.pk).exists():
            raise forms.ValidationError(_("Another apprentice signs in with this address."))
        return email
