"""Hours as a field of a form; grids, with hundreds of them, use `hour_cells` instead."""

from django import forms

from apprentices.forms.hour_cells import hours_of


class HoursCellField(forms.CharField):
    """Text → Decimal hours with two places, 0.00 where it says zero; None where the cell is empty."""

    def __init__(self, **kwargs):
        attributes = {"class": "form-control hours-input", "inputmode": "decimal", "autocomplete": "off"}
        super().__init__(required=False, widget=forms.TextInput(attrs=attributes | {"maxlength": "40"}), **kwargs)

    def to_python(self, value):
        hours, error = hours_of(super().to_python(value))
        if error:
            raise forms.ValidationError(error)
        return hours
