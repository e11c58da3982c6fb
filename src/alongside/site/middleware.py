"""What every request passes: what a page may do, a database that is away, the language."""

import logging
import random
import time
from collections.abc import Callable
from typing import cast

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import translation

from alongside.access.middleware import LANGUAGE_COOKIE
from alongside.access.talking import may_talk
from alongside.site import away

logger = logging.getLogger(__name__)
SPOKEN = ("en", "fr")
# Seconds before a view that was thrown out is run a second and a third time.
PAUSES = (0.1, 0.4)


# What no page of ours ever needs; a screen on the wall may stay awake and fill itself.
NOT_NEEDED = (
    "accelerometer", "autoplay", "browsing-topics", "camera",
    "display-capture", "encrypted-media", "geolocation", "gyroscope", "hid", "idle-detection",
    "local-fonts", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "serial",
    "usb", "xr-spatial-tracking",
)  # fmt: skip
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
PERMISSIONS = ", ".join(f"{name}=()" for name in NOT_NEEDED)
# Where somebody may talk instead of typing (access/talking.py): this page, and nothing in it.
WITH_A_MICROPHONE = PERMISSIONS.replace("microphone=()", "microphone=(self)")


class Restrained:
    """Nothing that runs in a page may use what no page needs, and no other site may embed one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Say so with every answer; a method that no page of ours has ends here."""
        if request.method in METHODS:
            response = self.get_response(request)
        else:
            response = HttpResponseNotAllowed(METHODS)
        allowed = WITH_A_MICROPHONE if may_talk(request) else PERMISSIONS
        response.headers.setdefault("Permissions-Policy", allowed)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class Unreachable:
    """A database that is away is said so, with when to try again; never a bare error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Run the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a lost database, or a full one, into 503 with Retry-After."""
        return away.say_so(request, error) if away.is_away(error) else None


class Again:
    """What PostgreSQL threw out so that others could go on is done again from its start.

    The book's own writers cannot get in each other's way (clinics/turn.py); this is for whoever
    else does. Nothing was kept of what was thrown out, and a form that is sent twice counts once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Run the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Run the view anew, twice at most; what else goes wrong is nobody's business here."""
        match, pauses = request.resolver_match, list(PAUSES)
        while match is not None and pauses and away.was_thrown_out(error):
            logger.warning("Done again, for it was thrown out: %s", error)
            # Each waits a time of their own, or the same two would meet again.
            time.sleep(random.uniform(0.5, 1) * pauses.pop(0))  # noqa: S311 - no secret
            for _, files in request.FILES.lists():
                for file in files:
                    file.seek(0)
            try:
                return cast(HttpResponse, match.func(request, *match.args, **match.kwargs))
            except OperationalError as again:
                error = again
        return away.say_so(request, error) if away.is_away(error) else None


class Language:
    """The reader's language: chosen on this device, or their own, or the browser's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Speak the chosen language for this request only."""
        chosen = request.COOKIES.get(LANGUAGE_COOKIE, "")
        spoken = chosen if chosen in SPOKEN else translation.get_language_from_request(request)
        with translation.override(spoken[:2]):
            request.LANGUAGE_CODE = translation.get_language() or "en"
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE[:2])
        return response
