"""Where allauth asks us: no sign-up, and second factors that a database dump does not show."""

import base64
import os

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

BOUND_TO = b"mfa.authenticator"


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """People are registered or invited by staff; nobody makes an account for oneself."""
        return False


class MFAAdapter(DefaultMFAAdapter):
    def encrypt(self, text):
        """AES-256-GCM under the first of settings.FIELD_KEYS, in the form of the encrypted columns."""
        key_id, key = next(iter(settings.FIELD_KEYS.items()))
        nonce = os.urandom(12)
        sealed = AESGCM(key).encrypt(nonce, text.encode(), BOUND_TO)
        return f"{key_id}:{base64.b64encode(nonce + sealed).decode()}"

    def decrypt(self, encrypted_text):
        """The text again. A key id that is not in FIELD_KEYS is a KeyError, a changed text an InvalidTag."""
        key_id, _colon, sealed = encrypted_text.partition(":")
        raw = base64.b64decode(sealed)
        return AESGCM(settings.FIELD_KEYS[key_id]).decrypt(raw[:12], raw[12:], BOUND_TO).decode()
