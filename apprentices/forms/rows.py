"""Forms that give one clean row to the same actions as the files, and show what those refuse at the right field."""

from django import forms
from django.utils.translation import gettext as _

from apprentices.models import Apprenticeship

# what a file says in its column, where a form asks for it under another name
ASKED_AS = {"sponsor": "standards", "employer_state": "employer"}


class DayInput(forms.DateInput):
    """The browser's own calendar; its value is always yyyy-mm-dd."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class ApprenticeshipField(forms.CharField):
    """The reference of an apprenticeship, as people write it on paper."""

    def clean(self, value):
        ref = super().clean(value)
        if not Apprenticeship.objects.filter(ref=ref).exists():
            raise forms.ValidationError(_("No apprenticeship has this reference."))
        return ref


def add_row_errors(form, error):
    """The errors of a RowError, each at its field; a field that the form does not have goes above it."""
    for outcome in error.errors:
        text = _("found %(found)s, expected %(expected)s") % {"found": outcome.found, "expected": outcome.expected}
        name = ASKED_AS.get(outcome.field, outcome.field)
        if name in form.fields:
            form.add_error(name, text)
        else:
            form.add_error(None, f"{outcome.field}: {text}")
