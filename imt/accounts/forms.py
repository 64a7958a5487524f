"""What people send about their own account."""

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils.translation import gettext_lazy as _


def listed_errors(form):
    """[(id of the field or "", its label, text)] for the summary above the form, in its order; none while nothing was
    sent."""
    if not form.is_bound:
        return []
    found = [("", "", text) for text in form.non_field_errors()]
    for field in form:
        # a group of radio buttons has no label of its own: its first one takes the focus
        found += [(field.id_for_label or f"{field.auto_id}_0", field.label, text) for text in field.errors]
    return found


class InvitationCodeForm(forms.Form):
    unknown = _("There is no such code. Compare it with the paper or the mail, or ask for a new one.")

    code = forms.CharField(
        label=_("Code of the invitation"),
        max_length=60,
        help_text=_("Four groups of four letters and digits. Capitals and hyphens do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )


class FirstPasswordForm(forms.Form):
    """A password, twice, by the same rules as everywhere; `user` is whose it becomes."""

    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Password, once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password1"].help_text = " ".join(password_validators_help_texts())

    def clean_password1(self):
        password = self.cleaned_data["password1"]
        validate_password(password, self.user)
        return password

    def clean(self):
        said = super().clean()
        if "password1" in said and "password2" in said and said["password1"] != said["password2"]:
            self.add_error("password2", _("The two passwords differ."))
        return said


class AccountForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, help_text=_("Of these pages and of the mails to you.")
    )
    wants_reminders = forms.BooleanField(
        label=_("Send me reminders by mail"),
        required=False,
        help_text=_("Weeks due or waiting, raises, reviews. What was sent back to you is always told."),
    )
