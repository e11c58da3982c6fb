"""How somebody likes to read: bigger print, easier words, their language. Kept on the device."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from alongside.access.cookies import named

BIG_PRINT = named("big-print")
EASY_READ = named("easy-read")
# By field of the form that asks for it.
COOKIES = {"big_print": BIG_PRINT, "easy_read": EASY_READ}
REMEMBERED = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comfort:
    """What was chosen on this device."""

    big_print: bool
    easy_read: bool


def chosen(request: HttpRequest) -> Comfort:
    """Read what this device remembers."""
    return Comfort(
        big_print=request.COOKIES.get(BIG_PRINT) == "1",
        easy_read=request.COOKIES.get(EASY_READ) == "1",
    )


def remember(response: HttpResponseBase, name: str, value: str) -> None:
    """Keep a choice on this device for a year."""
    response.set_cookie(
        name,
        value,
        max_age=REMEMBERED,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponseBase, *names: str) -> None:
    """Forget the choices: a kiosk does so before the next person."""
    for name in names or COOKIES.values():
        response.delete_cookie(name, samesite="Lax")
