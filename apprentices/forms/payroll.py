"""What the page of payroll sends: a file of totals, or why a difference is right."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apprentices.files.payroll import read_payroll
from imt.sheets import TableRefused

MOST_TOLD = 20


class PayrollForm(forms.Form):
    """`rows`: the PayrollRows of the file, once it is valid."""

    employer = forms.ModelChoiceField(queryset=None, label=gettext_lazy("Employer"), empty_label=None)
    file = forms.FileField(
        label=gettext_lazy("Payroll totals"),
        help_text=gettext_lazy("CSV or XLSX with the columns apprentice_ref, week (a day of it) and hours"),
        allow_empty_file=True,
    )

    def __init__(self, *args, employers, **options):
        super().__init__(*args, **options)
        self.fields["employer"].queryset = employers
        self.rows = []

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            self.rows, wrong = read_payroll(file, file.name)
        except TableRefused as error:
            raise forms.ValidationError(str(error)) from error
        self.add_lines(wrong)
        return file

    def add_lines(self, wrong):
        """The RowOutcomes of lines that are wrong, each in words at the file."""
        for one in wrong[:MOST_TOLD]:
            text = _("Line %(line)d, column %(field)s: found %(found)s, expected %(expected)s.")
            said = {"line": one.line, "field": one.field, "found": one.found, "expected": one.expected}
            self.add_error("file", text % said)
        if len(wrong) > MOST_TOLD:
            self.add_error("file", _("… and %(count)d more lines.") % {"count": len(wrong) - MOST_TOLD})
