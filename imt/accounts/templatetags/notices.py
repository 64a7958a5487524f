from django import template

from imt.accounts.notifications import words_of

register = template.Library()
register.simple_tag(words_of, name="words_of")
