"""Codes that a person reads from paper, or a link carries. Of each only the SHA-256 is kept."""

import hashlib
import secrets

# without 0, 1, I and O, which are read for one another; 32 letters, so each says five bits
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
GROUPS, LETTERS = 4, 4


def new_code():
    """Four groups of four letters with hyphens between: 80 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _letter in range(LETTERS)) for _group in range(GROUPS))


def digest_of(code):
    """The SHA-256 of a code as it was typed, in hex: case, blanks and hyphens do not count."""
    bare = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(bare.encode()).hexdigest()


def digest_of_token(token):
    """The SHA-256, in hex, of a token that no person types: every letter counts."""
    return hashlib.sha256(token.encode()).hexdigest()
