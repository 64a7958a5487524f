"""What somebody says to a sign of habit."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apprentices.models import HintAnswer


class HintForm(forms.Form):
    """Built on the hints of a week: `hint` names one of them."""

    hint = forms.CharField(widget=forms.HiddenInput)
    answer = forms.CharField(
        label=_("What was it?"),
        max_length=HintAnswer._meta.get_field("answer").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data=None, *, names, initial=None, auto_id=True):
        super().__init__(data, initial=initial, auto_id=auto_id)
        self.names = names

    def clean_hint(self):
        hint = self.cleaned_data["hint"]
        if hint not in self.names:
            raise forms.ValidationError(_("The week has changed: this remark is gone."))
        return hint
