"""What the kiosk remembers of the person in front of it: for a minute, in a sealed cookie.

Nothing of it stands in an address or stays on the server, so the next person cannot go back to it.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.access.cookies import named
from alongside.access.tokens import new_token

COOKIE = named("alongside-kiosk", everywhere=False)
SEALED = "visits.kiosk"
# As long as somebody may stand there without a touch, twice: kiosk.js clears the page after 30 s.
SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Whose page this is just now: the visit, the address for their own phone, a one-time key."""

    key: str
    visit: str
    address: str


def open_envelope(request: HttpRequest, key: str) -> Envelope | None:
    """Read it, if it is for this page and not a minute old."""
    try:
        held = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SEALED, max_age=SECONDS)
    except signing.BadSignature:
        return None
    return Envelope(**held) if held["key"] == key else None


def seal(response: HttpResponse, request: HttpRequest, *, visit: str, address: str) -> str:
    """Put a fresh envelope on the device and give its key; what was there before is gone."""
    key = new_token()
    held = signing.dumps({"key": key, "visit": visit, "address": address}, salt=SEALED)
    response.set_cookie(
        COOKIE,
        held,
        max_age=SECONDS,
        path=reverse("visits:kiosk"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return key


def throw_away(response: HttpResponse) -> None:
    """Forget the person."""
    response.delete_cookie(COOKIE, path=reverse("visits:kiosk"), samesite="Strict")
