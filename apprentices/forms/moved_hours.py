"""Hours of the wrong person: which, to whom, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apprentices.models import Apprenticeship, HourEntry

LONGEST_REASON = 400  # stands in LedgerLine.reason


class EntriesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, entry):
        return f"{entry.worked_on:%a %b} {entry.worked_on.day}: {entry.hours:.2f} h, {entry.work_process.title}"


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, apprenticeship):
        return f"{apprenticeship.apprentice} ({apprenticeship.ref})"


class MoveForm(forms.Form):
    entries = EntriesField(HourEntry.objects.none(), label=_("Hours"), widget=forms.CheckboxSelectMultiple)
    to = PersonField(Apprenticeship.objects.none(), label=_("They belong to"))
    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data=None, *, entries, people, initial=None):
        super().__init__(data, initial=initial)
        self.fields["entries"].queryset = entries
        self.fields["to"].queryset = people
