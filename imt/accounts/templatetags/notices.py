from datetime import date

from django import template
from django.utils.formats import date_format

from imt.accounts.notifications import words_of

register = template.Library()
register.simple_tag(words_of, name="words_of")


@register.filter
def day(text):
    """A day of a notice's details (yyyy-mm-dd) as the reader's language writes it."""
    return date_format(date.fromisoformat(text), "DATE_FORMAT")
