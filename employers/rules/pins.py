"""Which PINs will do at a tablet: digits that neither a stranger nor a colleague guesses first.

Source: NIST SP 800-63B, 3.1.1: six digits at least, and those that are commonly used refused."""

SHORTEST, LONGEST = 6, 12
UP, DOWN = "01234567890", "09876543210"
# what people choose on a keypad beside runs and repeats, from published counts of leaked PINs
COMMON = frozenset("112233 159753 147258 147852 258456 789456 456789 520520 696969 741852 963852 159357 102030".split())

# why a PIN will not do
NOT_DIGITS, TOO_SHORT, TOO_LONG, TOO_SIMPLE, LIKE_BADGE = (
    "NOT_DIGITS",
    "TOO_SHORT",
    "TOO_LONG",
    "TOO_SIMPLE",
    "LIKE_BADGE",
)


def pin_fault(pin, *, badge=""):
    """Why the PIN will not do, the first reason that holds; "" where it will. `badge`: the number that it goes with."""
    if not (pin.isascii() and pin.isdigit()):
        return NOT_DIGITS
    if len(pin) < SHORTEST:
        return TOO_SHORT
    if len(pin) > LONGEST:
        return TOO_LONG
    if _is_simple(pin):
        return TOO_SIMPLE
    digits = "".join(letter for letter in badge if letter.isdigit()).lstrip("0")
    if len(digits) >= 3 and digits in pin:
        return LIKE_BADGE
    return ""


def _is_simple(pin):
    """A run, one piece said again and again, fewer than three digits in it, or one that many choose."""
    pieces = (pin[:length] for length in range(1, len(pin) // 2 + 1) if len(pin) % length == 0)
    return (
        pin in COMMON
        or pin in UP
        or pin in DOWN
        or len(set(pin)) < 3
        or any(piece * (len(pin) // len(piece)) == pin for piece in pieces)
    )
