"""What becomes of a week when the file that was taken into it is taken back (docs/decisions: a batch is undone by
reversals)."""

from dataclasses import dataclass

NEW = ""  # there was no week before the file


@dataclass(frozen=True, slots=True)
class Standing:
    """A week: its state (NEW where it was not there) and its version."""

    state: str
    version: int


@dataclass(frozen=True, slots=True)
class Restored:
    """How the week goes on. `undoes_decision`: the file's approval is taken back with its lines; else it stays, and
    only the lines go. `brings_back`: claims that were there before and were approved with the file are live again."""

    state: str
    version: int
    undoes_decision: bool = False
    brings_back: bool = False


def left_by_file(before, decided):
    """The Standing in which the file left the week: `decided` is the version that it approved, None where it only put
    rows up for a decision."""
    if decided is not None:
        return Standing("APPROVED", decided)
    is_next = before.state in ("RETURNED", "SUBMITTED", "APPROVED")
    return Standing("SUBMITTED", before.version + 1 if is_next else max(before.version, 1))


def week_after_undo(before, now, decided):
    """Restored, or None where the week has gone on since, so that the file cannot be taken out of it any more.

    A decision stays for good with its version: an approved version that is undone is followed by the next one. What was
    not decided goes back to exactly the version that it was."""
    others_wait = decided is not None and before.state == "SUBMITTED" and now == Standing("SUBMITTED", decided + 1)
    if now != left_by_file(before, decided) and not others_wait:
        return None
    if decided is None:
        return Restored("DRAFT", now.version) if before.state == NEW else Restored(before.state, before.version)
    if before.state == "APPROVED":
        return Restored("APPROVED", decided)
    state = "SUBMITTED" if before.state == "SUBMITTED" else "DRAFT"
    return Restored(state, decided + 1, undoes_decision=True, brings_back=before.state != NEW)
