"""The workbook of registered standards, from the staff's own machine."""

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.files.standards import read_standards
from imt.sheets import FROM_A_PAGE, TableRefused


class StandardsWorkbookForm(forms.Form):
    """A valid form's `content` is the StandardsContent of the workbook."""

    workbook = forms.FileField(
        label=_("Workbook (.xlsx, at most 5 MB)"),
        help_text=_("With the sheets Details, WorkProcesses, RelatedInstruction, WageSchedule and Credentials."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    content = None

    def clean_workbook(self):
        workbook = self.cleaned_data["workbook"]
        try:
            self.content = read_standards(workbook, workbook.name, limits=FROM_A_PAGE)
        except TableRefused as refusal:
            raise forms.ValidationError(str(refusal).splitlines()) from refusal
        return workbook


class ReviewIntervalForm(forms.Form):
    """How many days lie between two reviews of progress; empty: the standards name no day."""

    days = forms.IntegerField(
        label=_("Days between reviews"),
        min_value=1,
        max_value=1000,
        required=False,
        help_text=_("Empty: the standards ask for none. Days of a suspension are not counted."),
    )
