"""What stands beside the hours, typed in at the office: one row of the same kind as the files have."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apprentices.forms.rows import ApprenticeshipField, DayInput
from apprentices.models import InstructionRecord
from apprentices.rules.rows import CredentialRow, CreditRow, InstructionRow, OpeningRow, SignOffRow
from imt.fields import HUNDREDTH

KINDS = (("OJL", _("On-the-job learning")), ("RI", _("Related instruction")))


class RecordForm(forms.Form):
    """`row_class` takes the cleaned fields by their names."""

    row_class = None
    apprentice_ref = ApprenticeshipField(label=_("Reference of the apprenticeship"), max_length=60)

    def row(self):
        return self.row_class(line=1, **self.cleaned_data)


class HoursInput(forms.DecimalField):
    """Decimal hours with two places."""

    def __init__(self, **kwargs):
        super().__init__(min_value=HUNDREDTH, max_digits=7, decimal_places=2, label=_("Hours"), **kwargs)


class InstructionForm(RecordForm):
    row_class = InstructionRow
    course = forms.CharField(label=_("Course (code)"), max_length=100)
    provider = forms.CharField(label=_("Provider"), max_length=200, required=False)
    term = forms.CharField(label=_("Term"), max_length=40, required=False)
    hours = HoursInput()
    result = forms.ChoiceField(label=_("Result"), choices=InstructionRecord.Result.choices)
    completed_on = forms.DateField(
        label=_("Completed on"), required=False, widget=DayInput, help_text=_("Empty while the course is under way.")
    )
    grade = forms.CharField(label=_("Grade"), max_length=20, required=False)

    def clean(self):
        data = super().clean()
        is_open = data.get("result") == InstructionRecord.Result.IN_PROGRESS
        if is_open and data.get("completed_on"):
            self.add_error("completed_on", _("A course under way has no such day yet."))
        elif not is_open and not data.get("completed_on") and "completed_on" not in self.errors:
            self.add_error("completed_on", _("A result has its day."))
        return data


class CredentialForm(RecordForm):
    row_class = CredentialRow
    credential = forms.CharField(label=_("Credential (code or title)"), max_length=100)
    earned_on = forms.DateField(label=_("Earned on"), widget=DayInput)
    expires_on = forms.DateField(label=_("Last day it is good"), required=False, widget=DayInput)
    credential_number = forms.CharField(label=_("Number"), max_length=100, required=False)

    def clean(self):
        data = super().clean()
        if data.get("earned_on") and data.get("expires_on") and data["expires_on"] < data["earned_on"]:
            self.add_error("expires_on", _("Not before the day on which it was earned."))
        return data


class SignOffForm(RecordForm):
    row_class = SignOffRow
    work_process = forms.CharField(label=_("Work process (code or title)"), max_length=300)
    competency = forms.IntegerField(label=_("Number of the competency in it"), min_value=1, max_value=1000)
    signed_on = forms.DateField(label=_("Signed on"), widget=DayInput)
    signed_by = forms.CharField(label=_("Signed by"), max_length=200)


class CreditForm(RecordForm):
    row_class = CreditRow
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    work_process_or_course = forms.CharField(
        label=_("Work process or course (code)"), max_length=300, required=False, help_text=_("Empty: tied to none.")
    )
    hours = HoursInput()
    decided_on = forms.DateField(label=_("Decided on"), widget=DayInput)
    reason = forms.CharField(label=_("Reason"), max_length=500)


class OpeningForm(RecordForm):
    row_class = OpeningRow
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    work_process_or_course = forms.CharField(label=_("Work process or course (code)"), max_length=300)
    hours = HoursInput()
    through_on = forms.DateField(label=_("Earned through"), widget=DayInput)
    evidence = forms.CharField(label=_("Evidence"), max_length=500)
    approved_by = forms.CharField(label=_("Approved by"), max_length=200, required=False)
