"""What every request passes: a database that is away, and the reader's language."""

from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from alongside.access.middleware import LANGUAGE_COOKIE

SPOKEN = ("en", "fr")


class Unreachable:
    """A database that is away is said so, with when to try again; never a bare error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Run the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a lost database into 503 with Retry-After."""
        if not isinstance(error, OperationalError | InterfaceError):
            return None
        connection.close()
        response = render(request, "503.html", status=503)
        response["Retry-After"] = "3"
        return response


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
