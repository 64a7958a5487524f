"""The errors of a form as the summary above it lists them."""

from employers.forms.errors import listed_errors

__all__ = ["listed_errors"]
