"""Correcting approved hours: how many, of which work process, and why."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
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


class AmendWeekForm(forms.Form):
    """The right hours of each approved entry of a week, with one reason. `lines` are (entry, hours that count)."""

    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data=None, *, lines):
        super().__init__(data)
        self.lines = lines
        for entry, counts in lines:
            day = date_format(entry.worked_on, "D, M j")
            field = HoursCellField(label=f"{day}: {entry.work_process.title}", initial=f"{counts:.2f}")
            field.required = True
            self.fields[f"hours-{entry.pk}"] = field
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def clean(self):
        data = super().clean()
        if not self.errors and not self.changes():
            raise forms.ValidationError(gettext("Nothing is changed yet."))
        return data

    def changes(self):
        """[(entry, right hours)] of those that change."""
        found = [(entry, counts, self.cleaned_data.get(f"hours-{entry.pk}")) for entry, counts in self.lines]
        return [(entry, hours) for entry, counts, hours in found if hours is not None and hours != counts]
