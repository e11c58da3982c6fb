"""Secrets in addresses: at least 128 bits, and only their digest is kept."""

import hashlib
import secrets


def new_token() -> str:
    """Make a secret of 144 bits that fits an address."""
    return secrets.token_urlsafe(18)


def digest_of(token: str) -> str:
    """Give what is stored in the secret's place (SHA-256, hex)."""
    return hashlib.sha256(token.encode()).hexdigest()
