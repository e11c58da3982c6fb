"""The passkeys of an address, in words."""

from dataclasses import dataclass

from alongside.access.own import Page
from alongside.keys.models import OwnPasskey


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A passkey, whose pages it opens, and whether a page is missing that the address opens."""

    key: OwnPasskey
    opens: list[str]
    lacks: bool


def passkeys_of(email: str, pages: list[Page]) -> list[Shown]:
    """Give the passkeys of an address, the oldest first."""
    return [
        Shown(
            key=one,
            opens=sorted({page.client.goes_by for page in pages if page.key in one.pages}),
            lacks=any(page.key not in one.pages for page in pages),
        )
        for one in OwnPasskey.objects.filter(email=email)
    ]
