"""A link to approve: for whom it is made, and what the mentor answers."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from imt.accounts.models import User

LONGEST_REASON = 500  # TimesheetDecision.reason


class MentorForm(forms.Form):
    mentor = forms.CharField(
        label=gettext_lazy("Mentor"),
        max_length=User._meta.get_field("name").max_length,
        help_text=gettext_lazy("First and last name: the approval will stand in the history under this name."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class LinkDecisionForm(forms.Form):
    """`act` is approve or return; a return needs a reason."""

    act = forms.ChoiceField(choices=[("approve", ""), ("return", "")])
    reason = forms.CharField(
        label=gettext_lazy("What has to change?"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self):
        data = super().clean()
        if data.get("act") == "return" and not data.get("reason"):
            self.add_error("reason", _("Say why the week goes back."))
        return data
