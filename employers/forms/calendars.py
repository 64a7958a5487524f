"""An employer's settings, shifts and closed days, as its managers write them."""

from datetime import timedelta

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employers.actions.calendars import LAID_DOWN
from employers.models import ClosedDay, EmployerSettings
from employers.models.employers import WEEKDAYS, ShiftPattern
from employers.rules.holidays import federal_holidays

FROM_HELP = gettext_lazy("Today or a later day. What held before stays as it was.")
LONGEST_CLOSURE = 60  # days
MOST_DAYS = 366


class DayField(forms.DateField):
    """The browser's own calendar; its value is always yyyy-mm-dd."""

    def __init__(self, **options):
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


class SettingsForm(forms.Form):
    """What of LAID_DOWN shall hold from a day on."""

    from_on = DayField(label=gettext_lazy("From"), help_text=FROM_HELP)

    def __init__(self, data=None, *, in_force, today):
        super().__init__(data, prefix="settings", initial={"from_on": today})
        for name in LAID_DOWN:
            self.fields[name] = EmployerSettings._meta.get_field(name).formfield(initial=getattr(in_force, name))
        for name in ("late_after_days", "due_after_days", "decide_within_days"):
            self.fields[name].validators.append(MaxValueValidator(MOST_DAYS))
        self.fields["decide_within_days"].validators.append(MinValueValidator(1))
        starts = self.fields["pay_period_starts_on"]
        starts.widget = DayField().widget
        starts.help_text = _("Needed for two weeks, and for a week that begins on another day than weeks do here.")

    def said(self):
        """The values of a valid form, as `lay_settings` takes them."""
        return {name: self.cleaned_data[name] for name in LAID_DOWN}


class ShiftsForm(forms.Form):
    """Seven fields of hours, Monday first, and the day from which they hold."""

    from_on = DayField(label=gettext_lazy("From"), help_text=FROM_HELP)

    def __init__(self, data=None, *, in_force, today):
        super().__init__(data, prefix="shifts", initial={"from_on": today})
        for name, hours in zip(WEEKDAYS, in_force, strict=True):
            self.fields[name] = forms.DecimalField(
                label=ShiftPattern._meta.get_field(name).verbose_name,
                min_value=0,
                max_value=24,
                decimal_places=2,
                initial=f"{hours:.2f}",
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )

    def hours(self):
        """Seven Decimals of a valid form."""
        return [self.cleaned_data[name] for name in WEEKDAYS]


class ClosingForm(forms.Form):
    """A day on which the plant is closed, or several after one another."""

    first_on = DayField(label=gettext_lazy("First day"))
    last_on = DayField(label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty: one day."))
    title = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=ClosedDay._meta.get_field("title").max_length,
        help_text=gettext_lazy("A holiday, a shutdown, an inventory."),
    )

    def __init__(self, data=None):
        super().__init__(data, prefix="closing")

    def clean(self):
        first_on, last_on = self.cleaned_data.get("first_on"), self.cleaned_data.get("last_on")
        if first_on and last_on and last_on < first_on:
            self.add_error("last_on", _("The last day is before the first."))
        elif first_on and last_on and (last_on - first_on).days >= LONGEST_CLOSURE:
            self.add_error("last_on", _("At most %(days)s days at once.") % {"days": LONGEST_CLOSURE})
        return self.cleaned_data

    def days(self):
        """{day: title} of a valid form."""
        first_on, last_on = self.cleaned_data["first_on"], self.cleaned_data["last_on"]
        count = (last_on - first_on).days + 1 if last_on else 1
        return {first_on + timedelta(days=number): self.cleaned_data["title"] for number in range(count)}


class HolidaysForm(forms.Form):
    """The federal holidays of a year that are not closed days yet, to pick from."""

    picked = forms.MultipleChoiceField(
        label=gettext_lazy("Federal holidays"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, data=None, *, year, closed):
        super().__init__(data, prefix="holidays")
        self.offered = {day: _(title) for day, title in federal_holidays(year) if day not in closed}
        field = self.fields["picked"]
        field.choices = [
            (day.isoformat(), f"{date_format(day, 'D, F j')} · {title}") for day, title in self.offered.items()
        ]
        field.initial = [value for value, _label in field.choices]

    def days(self):
        """{day: title} of a valid form."""
        picked = set(self.cleaned_data["picked"])
        return {day: title for day, title in self.offered.items() if day.isoformat() in picked}


class OpeningForm(forms.Form):
    """Closed days of a year on which the plant works after all."""

    picked = forms.MultipleChoiceField(required=False)

    def __init__(self, data=None, *, closed):
        super().__init__(data, prefix="opening")
        self.closed = closed
        self.fields["picked"].choices = [(day.isoformat(), title) for day, title in closed.items()]

    def days(self):
        """The days of a valid form."""
        picked = set(self.cleaned_data["picked"])
        return [day for day in self.closed if day.isoformat() in picked]
