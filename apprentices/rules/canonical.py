"""The one form in which an answer is written down: the same answer has the same bytes (contract: Eligibility)."""

import hashlib
import json


def canonical(value):
    """JSON with sorted keys, no blanks, characters as they are."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(value):
    """Lower-case hex SHA-256 of the canonical form of an object without its own `digest`."""
    without = {key: part for key, part in value.items() if key != "digest"}
    return hashlib.sha256(canonical(without).encode()).hexdigest()


def sealed(value):
    """The object with its `digest`."""
    return {**value, "digest": digest(value)}
