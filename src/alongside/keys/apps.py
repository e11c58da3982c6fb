"""The second thing, and the two apps of django-allauth that it is kept in."""

from allauth.account.apps import AccountConfig
from django.apps import AppConfig


class KeysConfig(AppConfig):
    """Code apps, passkeys, recovery codes."""

    name = "alongside.keys"
    label = "keys"


class Accounts(AccountConfig):  # type: ignore[misc]
    """allauth's own app, for `allauth.mfa` needs its models: none of its addresses is mounted.

    It would ask for a middleware that serves those addresses. We give a request to what we call of
    it (`keys.adapter.of_this_request`), and to nothing else.
    """

    def ready(self) -> None:
        """Ask for no middleware."""
