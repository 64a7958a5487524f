"""The errors of a form as the summary above it lists them."""

from imt.accounts.forms import listed_errors

__all__ = ["listed_errors"]
