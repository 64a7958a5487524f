"""Waiting for a sign, never for a time: the sign is looked for until it is there, or the deadline has passed."""

import time

from imt.tests.threads import LONGEST_WAIT


def eventually(sign, within=LONGEST_WAIT):
    """What `sign()` returns once it is true; AssertionError where it is not by then."""
    deadline = time.monotonic() + within
    while True:
        if found := sign():
            return found
        assert time.monotonic() < deadline, f"{sign.__name__} did not come true within {within} seconds"
        time.sleep(0.01)
