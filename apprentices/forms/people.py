"""What a manager sends about the people of an employer, their badges and its tablets."""

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.actions.badges import fault_said
from employers.models import EmployerMembership
from employers.rules.pins import pin_fault

BY_MAIL, ON_PAPER = "MAIL", "PAPER"
HOWS = ((BY_MAIL, _("by mail")), (ON_PAPER, _("as a code on paper, which I print now")))
Role = EmployerMembership.Role


def day_field(label, **more):
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def digits_widget(autocomplete):
    return forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": autocomplete})


class InviteForm(forms.Form):
    """Somebody who is to sign in. Without `is_member` it is an apprentice, whose name is known."""

    name = forms.CharField(label=_("Name"), max_length=200)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role,
        initial=Role.SUPERVISOR,
        widget=forms.RadioSelect,
        help_text=_("A supervisor logs and decides on hours. A manager also looks after people, badges and settings."),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Leave it empty for somebody without one: they sign in at a tablet, with badge and PIN."),
    )
    number = forms.CharField(label=_("Badge number"), max_length=60, required=False, strip=True)
    how = forms.ChoiceField(label=_("The invitation goes out"), choices=HOWS, widget=forms.RadioSelect, initial=BY_MAIL)

    def __init__(self, *args, is_member, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_member:
            del self.fields["name"], self.fields["role"]

    def clean(self):
        said = super().clean()
        if not said.get("email") and "email" not in self.errors:
            if not said.get("number") and "number" not in self.errors:
                self.add_error("number", _("Without an e-mail address a badge number is needed."))
            if said.get("how") == BY_MAIL:
                self.add_error("how", _("There is no address to send it to: take paper, or give an e-mail address."))
        return said


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role)


class EndForm(forms.Form):
    until_on = day_field(_("Last day"))


class BadgeForm(forms.Form):
    number = forms.CharField(label=_("Badge number"), max_length=60)


class PinForm(forms.Form):
    """A PIN for the badge, set by the manager."""

    pin = forms.CharField(
        label=_("New PIN"),
        max_length=40,
        widget=digits_widget("off"),
        help_text=_("Six digits or more; no runs, no repeats, not the badge number."),
    )

    def __init__(self, *args, badge, **kwargs):
        super().__init__(*args, **kwargs)
        self.badge = badge

    def clean_pin(self):
        pin = self.cleaned_data["pin"]
        if fault := pin_fault(pin, badge=self.badge.number if self.badge else ""):
            raise forms.ValidationError(fault_said(fault))
        return pin


class TabletForm(forms.Form):
    name = forms.CharField(
        label=_("Where the tablet stands"), max_length=100, help_text=_("For example: Line 4, break room.")
    )
