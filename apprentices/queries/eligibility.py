"""The answer to "who is ready for the journey card?", in the contract's form (contract: Eligibility)."""

from datetime import UTC

from apprentices.queries.facts import facts_for, registered
from apprentices.rules.canonical import sealed
from apprentices.rules.journey_cards import assess
from imt.moments import consistent_read, safe_moment


class UnknownApprentice(LookupError):
    """No apprenticeship of that reference is registered by that day and known by that moment."""


def moment_text(moment):
    """An aware datetime as the contract writes it: UTC, microseconds, Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def eligibility_document(*, as_of, known_at=None, standards=None, ref=None):
    """The sealed document for everyone registered on or before `as_of`, or for those under the standards of this name,
    or for one reference (UnknownApprentice). Without `known_at`: a moment that no open posting can undercut.

    With one it waits for the open postings as well: one of them may carry a moment before it, and the same arguments
    must give the same bytes. A moment to come is a ValueError: what will be known by then is not known."""
    latest = safe_moment()
    known_at = known_at or latest
    if known_at > latest:
        raise ValueError(f"{moment_text(known_at)} is still to come")
    apprenticeships = registered(as_of=as_of, known_at=known_at)
    if ref is not None:
        apprenticeships = apprenticeships.filter(ref=ref)
    with consistent_read():
        known = facts_for(apprenticeships, as_of=as_of, known_at=known_at).values()
    if ref is not None and not known:
        raise UnknownApprentice(ref)
    chosen = [one for one in known if standards is None or one.standards.name == standards]
    return sealed(
        {
            "apprentices": [
                assessment_document(one, as_of=as_of, known_at=known_at)
                for one in sorted(chosen, key=lambda one: one.ref)
            ],
            "as_of": as_of.isoformat(),
            "known_at": moment_text(known_at),
            "standards": [
                {"name": name, "version": version}
                for name, version in sorted({(one.standards.name, one.standards.version) for one in chosen})
            ],
        }
    )


def assessment_document(known, *, as_of, known_at):
    """One apprenticeship's sealed answer."""
    assessment = assess(known.standards, known.facts)
    return sealed(
        {
            "as_of": as_of.isoformat(),
            "eligible": assessment.eligible,
            "known_at": moment_text(known_at),
            "ledger_position": known.ledger_position,
            "ref": known.ref,
            "requirements": [requirement.as_dict() for requirement in assessment.requirements],
            "standards": {"name": known.standards.name, "version": known.standards.version},
        }
    )
