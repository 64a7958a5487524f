"""The registration agencies of the eight states of the program and the federal office, with their rules as data."""

from django.db import transaction

from employers.models import RegistrationAgency
from imt.audit.actions import record

FEDERAL = "OA"
_FEDERAL_RULES = (
    "29 CFR 29.4: at least 2,000 hours of on-the-job learning. 29 CFR 29.5(b)(4): 144 hours of related instruction a "
    "year recommended. Not verified: notices within 45 days; probation at most 25 percent of the program or one year, "
    "29 CFR 29.5(b)(8)."
)
_WISCONSIN_RULES = (
    "DWD 295.01(5): notices within 40 days. 144 hours of related instruction a year are required by the state. "
    "29 CFR 29.4: at least 2,000 hours of on-the-job learning. Probation as in 29 CFR 29.5(b)(8), not verified."
)
_State, _Office = RegistrationAgency.Kind.STATE, RegistrationAgency.Kind.FEDERAL
# code, name, state, kind: in three of the states the federal office itself registers
_AGENCIES = (
    (FEDERAL, "U.S. Department of Labor, Office of Apprenticeship", "", _Office),
    ("WI", "Wisconsin Bureau of Apprenticeship Standards", "WI", _State),
    ("MN", "Minnesota Apprenticeship", "MN", _State),
    ("MI", "Office of Apprenticeship, Michigan", "MI", _Office),
    ("IL", "Office of Apprenticeship, Illinois", "IL", _Office),
    ("PA", "Pennsylvania Apprenticeship and Training Office", "PA", _State),
    ("IN", "Office of Apprenticeship, Indiana", "IN", _Office),
    ("OH", "ApprenticeOhio", "OH", _State),
    ("KY", "Kentucky Office of Apprenticeship", "KY", _State),
)
_RULES = {
    "WI": {
        "system": "BASERS",
        "notice_days": 40,
        "ri_weight": RegistrationAgency.Weight.REQUIRED,
        "source": _WISCONSIN_RULES,
        "is_verified": True,
    }
}


@transaction.atomic
def lay_agencies(*, by):
    """Make sure that the agencies are there; one that is there already, edited or not, is left as it is. Returns all of
    them by code. Rules that no source of grade R or A prints stay unverified until the staff has read them up."""
    present = set(RegistrationAgency.objects.values_list("code", flat=True))
    _add(
        [
            RegistrationAgency(
                code=code, name=name, state=state, kind=kind, **{"source": _FEDERAL_RULES, **_RULES.get(code, {})}
            )
            for code, name, state, kind in _AGENCIES
            if code not in present
        ],
        by=by,
    )
    return {agency.code: agency for agency in RegistrationAgency.objects.all()}


@transaction.atomic
def agency_for(*, state, kind, by):
    """The agency of a workbook's Registration State and `OA or SAA`: the one of that kind in that state, else for OA
    the federal office, else the state's only one. A state that is not known yet gets an unverified row with federal
    rules.

    None where the workbook names neither an agency nor a state by its two letters."""
    agencies = lay_agencies(by=by)
    of_state = sorted(
        (agency for agency in agencies.values() if state and agency.state == state),
        key=lambda agency: agency.kind != kind,
    )
    if of_state and (of_state[0].kind == kind or kind != _Office):
        return of_state[0]
    if kind == _Office:
        return agencies[FEDERAL]
    if len(state) != 2:
        return None
    name = f"{state} apprenticeship agency"
    return _add([RegistrationAgency(code=state, name=name, state=state, kind=_State, source=_FEDERAL_RULES)], by=by)[0]


def _add(agencies, *, by):
    if agencies:
        RegistrationAgency.objects.bulk_create(agencies)
        record("agency.added", by=by, subjects=agencies)
    return agencies
