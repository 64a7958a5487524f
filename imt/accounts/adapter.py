"""Where allauth asks us: no sign-up, mails that wait until the mail server takes them, and second factors that a
database dump does not show."""

import base64
import os

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from imt.accounts.notifications import queue
from imt.queue import wake

BOUND_TO = b"mfa.authenticator"


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """People are registered or invited by staff; nobody makes an account for oneself."""
        return False

    def send_password_reset_mail(self, user, email, context):
        """The link is made when the mail is sent, so that no row holds it, and no page waits for the mail server."""
        queue("account.password_reset", to=[user], details={}, moment=timezone.now())
        wake("accounts.send_notices")

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """What changed about somebody's account, in their own language. Always sent, where there is an address."""
        origin = {
            "timestamp": timezone.now(),
            "ip": self.get_client_ip(self.request),
            "user_agent": self.get_http_user_agent(self.request)[:200],
        }
        with override(user.language or settings.LANGUAGE_CODE):
            mail = self.render_mail(template_prefix, user.email or "", origin | (context or {}))
        details = {"subject": mail.subject, "text": mail.body}
        queue("account.changed", to=[user], details=details, moment=timezone.now())
        wake("accounts.send_notices")


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
