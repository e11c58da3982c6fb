"""What was sent is read once, before anything else, and refused in plain words if it cannot be.

Django would do so wherever a form is first looked at, and write a page of traceback each time:
whoever sends a million fields must not fill the log of a clinic as well.
"""

import logging
from collections.abc import Callable, Iterable

from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)
TOO_MUCH = (TooManyFieldsSent, TooManyFilesSent, RequestDataTooBig)
UNREADABLE = (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError)
# No keyboard writes it, and PostgreSQL keeps no text that has one.
NUL = "\0"


class NothingReadable(BadRequest):
    """Signs that no text has."""


class Readable:
    """Let nothing through that cannot be read: the host, what is asked for, what was sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Read it, then run the request; or say why not, with one line in the log."""
        try:
            _read(request)
        except UNREADABLE as error:
            return _refused(request, error)
        return self.get_response(request)


def _read(request: HttpRequest) -> None:
    request.get_host()
    for sent in (request.GET, request.POST):
        if any(_has_nul((name, *values)) for name, values in sent.lists()):
            raise NothingReadable


def _has_nul(texts: Iterable[str]) -> bool:
    return any(NUL in text for text in texts)


def _refused(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer once; nothing of what was sent is looked at again, nor written down."""
    request._mark_post_parse_error()  # type: ignore[attr-defined]
    is_much = isinstance(error, TOO_MUCH)
    status = 413 if isinstance(error, RequestDataTooBig) else 400
    # Its name only: what Django says of a host or a form repeats what was sent.
    logger.warning("Refused with %d: %s at %s", status, type(error).__name__, request.path)
    said = _("More was sent to us at once than any page of ours has room for.") if is_much else ""
    answer = render(request, "400.html", {"happened": said}, status=status)
    # Django would write a second line, which says less.
    answer._has_been_logged = True  # type: ignore[attr-defined]
    return answer
