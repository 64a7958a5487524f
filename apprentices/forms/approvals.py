"""What the page of approvals sends: which weeks, in which version, approved or returned and why."""

from django import forms
from django.utils.translation import gettext as _

LONGEST_REASON = 500  # TimesheetDecision.reason


class ApprovalsForm(forms.Form):
    """Built on the weeks shown. `act` is approve or approve_all; `return_week` the week that goes back."""

    act = forms.ChoiceField(choices=[("approve", ""), ("approve_all", "")], required=False)
    return_week = forms.IntegerField(required=False)

    def __init__(self, data=None, *, weeks):
        super().__init__(data)
        self.weeks = list(weeks)
        for week in self.weeks:
            self.fields[f"pick-{week}"] = forms.BooleanField(required=False)
            self.fields[f"version-{week}"] = forms.IntegerField(required=False)
            self.fields[f"reason-{week}"] = forms.CharField(required=False, max_length=LONGEST_REASON)

    def clean(self):
        data = super().clean()
        week = data.get("return_week")
        if week and not data.get(f"reason-{week}") and f"reason-{week}" in self.fields:
            self.add_error(f"reason-{week}", _("Say why the week goes back."))
        elif not week and not self.has_error("act") and not self.picked():
            self.add_error(None, _("No week is selected."))
        return data

    def picked(self):
        """The ids of the weeks to approve."""
        if self.cleaned_data.get("act") == "approve_all":
            return self.weeks
        return [week for week in self.weeks if self.cleaned_data.get(f"pick-{week}")]

    def versions(self):
        """{week id: the version that was looked at}."""
        return {week: self.cleaned_data.get(f"version-{week}") for week in self.weeks}
