"""Acts that happen at the same time, each with a connection of its own to the database."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connections

# How often a race is run: a few times here, as often as an issue names by `make campaign`.
ROUNDS = int(os.environ.get("IMT_CAMPAIGN", "3"))
LONGEST_WAIT = 60


def at_once(acts):
    """Start all acts (functions without arguments) together. Returns what each returned, or the exception it raised, in
    their order."""
    start = threading.Barrier(len(acts))

    def run(act):
        try:
            start.wait(LONGEST_WAIT)
            return act()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(LONGEST_WAIT) for future in [pool.submit(run, act) for act in acts]]
