"""Signing off in the job book: which competencies, or which people, on which day, with what note."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apprentices.forms.rows import DayInput
from apprentices.models import SignOff

LONGEST_NOTE = SignOff._meta.get_field("note").max_length


class SignOffsForm(forms.Form):
    """`choices`: [(value, label)] of the competencies of one person, or of the people of one competency; those that are
    signed already stand among them, for the action says who was first. `asked`: what is missing where none is
    selected."""

    picked = forms.MultipleChoiceField()
    signed_on = forms.DateField(label=_("Shown on"), widget=DayInput)
    note = forms.CharField(
        label=_("Note"),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=_("How it was shown: the machine, the product, the shift. May stay empty."),
    )

    def __init__(self, data=None, *, choices, label, asked, today):
        super().__init__(data, initial={"signed_on": today})
        self.today = today
        picked = self.fields["picked"]
        picked.choices, picked.label, picked.error_messages["required"] = choices, label, asked

    def clean_signed_on(self):
        day = self.cleaned_data["signed_on"]
        if day > self.today:
            raise forms.ValidationError(_("Today or a day before."))
        return day
