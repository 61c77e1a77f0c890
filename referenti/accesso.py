"""How people get in: by invitation, with a second factor whose secret is kept encrypted (django-allauth adapters)."""

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import ValidationError

QUESTA_MACCHINA = ("127.0.0.1", "::1")


class AccessoPerEmail(AuthenticationBackend):
    """Authentication by e-mail that knows the demo accounts only in a demo."""

    def user_can_authenticate(self, user) -> bool:
        """Whether the account is active, and not a demo account outside a demo; asked at login and at each request."""
        return super().user_can_authenticate(user) and (settings.DEMO or not user.demo)


class AccessoSuInvito(DefaultAccountAdapter):
    """Nobody signs up by oneself; the demo lets in only who sits at its machine."""

    def is_open_for_signup(self, request) -> bool:
        """Never: the coordinator invites."""
        return False

    def pre_authenticate(self, request, **credentials):
        """Refuse every login of a demo that does not come from this machine, before the password is looked at."""
        super().pre_authenticate(request, **credentials)
        if settings.DEMO and request.META.get("REMOTE_ADDR") not in QUESTA_MACCHINA:
            raise ValidationError("Questo portale è una dimostrazione: si entra solo dal computer su cui gira.")

    def pre_login(self, request, user, **kwargs):
        """Refuse a demo account outside a demo: allauth logs in by itself who has the right password but may not."""
        if user.demo and not settings.DEMO:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)


class SecondoFattore(DefaultMFAAdapter):
    """Keeps TOTP secrets and recovery seeds encrypted with a key made from SECRET_KEY."""

    def encrypt(self, text: str) -> str:
        """The text as a Fernet token."""
        return _cifrario().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text of a token of `encrypt`; raises InvalidToken if SECRET_KEY has changed."""
        return _cifrario().decrypt(encrypted_text.encode()).decode()


def _cifrario() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(settings.SECRET_KEY.encode()).digest()))
