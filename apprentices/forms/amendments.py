"""Correcting approved hours: how many, of which work process, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apprentices.forms.weeks import HoursCellField
from employers.models import WorkProcess

LONGEST_REASON = 500  # LedgerLine.reason


class AmendmentForm(forms.Form):
    """`hours` is a Decimal, 0.00 where nothing of the entry shall count any more."""

    hours = HoursCellField(
        label=_("Right hours"), help_text=_("8, 8.5, 8,5, 8:30, 2h30m or 90m. Write 0 where nothing of it counts.")
    )
    work_process = forms.ModelChoiceField(WorkProcess.objects.none(), label=_("Work process"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands in the ledger beside the correction, for everyone who may see these hours."),
    )

    def __init__(self, data=None, *, processes, initial=None):
        super().__init__(data, initial=initial)
        self.fields["work_process"].queryset = processes
        self.fields["hours"].required = True
