"""credentials.csv: credentials that people hold. The column `expires_on`, the last day it is good, may be left out."""

from apprentices.files.cells import day, ref
from apprentices.models import Credential
from apprentices.rules.rows import CredentialRow
from employers.files.cells import longest, read_rows
from employers.models import CredentialRequirement

_CREDENTIAL, _NUMBER = longest(CredentialRequirement, "title"), longest(Credential, "number")


def read_credentials(source, name, **reading):
    """([CredentialRow], errors); `reading`: limits and progress of `read_rows`."""
    required = ("apprentice_ref", "credential", "earned_on")
    return read_rows(source, name, _row, required=required, optional=("credential_number", "expires_on"), **reading)


def _row(cells):
    return CredentialRow(
        line=cells.line,
        apprentice_ref=ref(cells),
        credential=cells.text("credential", _CREDENTIAL, is_needed=True),
        earned_on=day(cells, "earned_on"),
        credential_number=cells.text("credential_number", _NUMBER),
        expires_on=day(cells, "expires_on", is_needed=False),
    )
