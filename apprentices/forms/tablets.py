"""What people type at a tablet on the floor."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apprentices.forms.people import digits_widget


def number_field():
    return forms.CharField(
        label=_("Badge number"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


def code_field(label):
    attributes = {"autocomplete": "off", "autocapitalize": "characters"}
    return forms.CharField(label=label, max_length=60, widget=forms.TextInput(attrs=attributes))


class PairForm(forms.Form):
    unknown = _("No tablet waits under this code. It is good for 15 minutes: ask the manager for a new one.")
    code = code_field(_("Code of the tablet"))


class BadgeSignInForm(forms.Form):
    wrong = _("Badge and PIN do not go together. Try again, or ask your manager.")
    number = number_field()
    pin = forms.CharField(label=_("PIN"), max_length=40, widget=digits_widget("off"))


class FirstTimeForm(forms.Form):
    wrong = _("Badge and code do not go together. Compare them with the paper, or ask your manager for a new one.")
    number = number_field()
    code = code_field(_("Code on your paper"))
    pin1 = forms.CharField(
        label=_("Your new PIN"),
        max_length=40,
        widget=digits_widget("off"),
        help_text=_("Six digits or more; no runs, no repeats, not your badge number."),
    )
    pin2 = forms.CharField(label=_("The PIN once more"), max_length=40, widget=digits_widget("off"))

    def clean(self):
        said = super().clean()
        if "pin1" in said and "pin2" in said and said["pin1"] != said["pin2"]:
            self.add_error("pin2", _("The two PINs differ."))
        return said
