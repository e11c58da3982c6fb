"""How django-allauth keeps and names things here."""

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest

NAME = "Alongside"


class Unreadable(Exception):
    """What is kept was written under another secret key; it must be set up anew."""


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets lie encrypted in the database; the key lies beside it, not in it."""

    def encrypt(self, text: str) -> str:
        """Lock a secret away: a copy of the database alone makes no codes."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read a secret; raises Unreadable."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            raise Unreadable from None

    def get_totp_issuer(self) -> str:
        """Give what a code app calls us: the host tells two installations apart."""
        return f"{NAME} ({_host()})"

    def get_totp_label(self, user: Any) -> str:
        """Give what a code app calls the account."""
        return str(user.email)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Give whom a passkey is for: our own address, whatever a request says it is."""
        return {"id": _host(), "name": NAME}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """Give whose a passkey is."""
        return {"id": user.pk.hex.encode(), "display_name": user.name, "name": user.email}


@contextmanager
def of_this_request(request: HttpRequest) -> Iterator[None]:
    """Let allauth keep a passkey's question in this request's session."""
    with context.request_context(request):
        yield


def _host() -> str:
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"


def _box() -> Fernet:
    known = hashlib.sha256(f"second:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(known))
