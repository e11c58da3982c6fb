"""What is refused before any page has read it, in each of our languages.

Nobody knows yet which one the sender speaks, and a refusal that nobody understands helps nobody.
"""

import asyncio
from contextlib import suppress

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.live.stream import Receive, Send

# Whoever is refused while they still send is listened to so long: a browser that is cut off at
# once shows "the connection was reset", and nobody learns what was wrong.
LINGER = 1.0


class Refusal(Exception):
    """This request gets no page."""

    status = 400
    says: Promise | str = _("We could not read this. Nothing was saved.")
    again_after = 0
    # Whether all that was sent has been read.
    heard_out = False


class TooLarge(Refusal):
    """This is more than anybody needs to send."""

    status = 413
    says = _(
        "This is too large to send: at most 6 MB. Nothing was saved. Please send less at once."
    )


class LongAddress(Refusal):
    """An address, with what is asked behind it, that no link of ours has."""

    status = 414
    says = _("This address is too long for us. Nothing was saved.")


class Packed(Refusal):
    """What is sent in a packed form would have to be unpacked to know how much it is."""

    status = 415
    says = _("We cannot read what is sent in a packed form. Nothing was saved.")


class LongHead(Refusal):
    """More headers, or longer ones, than any browser sends."""

    status = 431
    says = _("Your browser sent more about itself than we can read. Nothing was saved.")


class Crowded(Refusal):
    """Too much is being sent to us at the same time."""

    status = 503
    says = _("Too many people are sending files just now. Nothing was saved. Please try again.")
    again_after = 10


class Full(Refusal):
    """More connections than we can hold."""

    status = 503
    says = _("Too many pages are open just now. Nothing was saved. Please try again.")
    again_after = 10


def headers_of(no: Refusal) -> list[tuple[bytes, bytes]]:
    """Give the headers that go with a refusal."""
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(words_of(type(no)))).encode()),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    if no.again_after:
        headers.append((b"retry-after", str(no.again_after).encode()))
    return headers


def words_of(kind: type[Refusal]) -> bytes:
    """Say why, in each of our languages."""
    lines = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            lines.append(str(kind.says))
    return "\n".join(lines).encode()


async def refusal(receive: Receive, send: Send, no: Refusal) -> None:
    """Answer with a refusal, then let the sender notice it before the connection is closed."""
    await send({"type": "http.response.start", "status": no.status, "headers": headers_of(no)})
    more = not no.heard_out
    await send({"type": "http.response.body", "body": words_of(type(no)), "more_body": more})
    if not more:
        return
    with suppress(TimeoutError):
        async with asyncio.timeout(LINGER):
            while more:
                message = await receive()
                more = message["type"] == "http.request" and message.get("more_body", False)
    await send({"type": "http.response.body", "body": b"", "more_body": False})
