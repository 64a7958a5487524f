"""Why nobody worked in a week."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apprentices.models import Timesheet


class ZeroForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("Why were no hours worked?"),
        choices=[("", gettext_lazy("Choose a reason")), *Timesheet.ZeroReason.choices],
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=Timesheet._meta.get_field("zero_note").max_length,
        help_text=gettext_lazy("Needed for another reason; stands beside the week for everyone who may see it."),
    )

    def clean(self):
        if self.cleaned_data.get("reason") == Timesheet.ZeroReason.OTHER and not self.cleaned_data.get("note"):
            self.add_error("note", _("Say which other reason."))
        return self.cleaned_data


class CrewZeroForm(ZeroForm):
    """The same for several people, `choices` [(apprenticeship id, name)]."""

    people = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Of whom?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Select at least one person.")},
    )
    field_order = ("people", "reason", "note")

    def __init__(self, data=None, *, choices, **options):
        super().__init__(data, **options)
        self.fields["people"].choices = choices
