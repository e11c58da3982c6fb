"""What a page sends by itself: an answer at once, or one that the device kept without a network."""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import salted_hmac

# A page that sends by itself says how many seconds ago the answer was given: 0 for just now.
SAID_AGO = "kept"
# As fill.js has it: then it is no longer on the device.
LONGEST = timedelta(days=7)
SALT = "measures.kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """What a device locks a person's answers with, and by which name it knows whose they are.

    Both are in the person's own pages alone: a phone that was lent or found tells nothing.
    """

    key: str
    who: str


def lock_of(client: UUID) -> Lock:
    """Give the lock of one person; the same on each of their devices."""
    key = salted_hmac(SALT, str(client), algorithm="sha256").digest()
    who = salted_hmac(f"{SALT}.who", str(client), algorithm="sha256").hexdigest()
    return Lock(key=base64.b64encode(key).decode(), who=who[:16])


def sends_by_itself(request: HttpRequest) -> bool:
    """Tell whether the page sent this, and not its form."""
    return SAID_AGO in request.POST


def said_at(request: HttpRequest, now: datetime) -> datetime:
    """When it was said: by how long ago the device says, so that its own clock may be wrong."""
    ago = request.POST.get(SAID_AGO, "0")
    seconds = int(ago) if ago.isascii() and ago.isdecimal() and len(ago) < 9 else 0
    return now - min(timedelta(seconds=seconds), LONGEST)


def reply(there: str = "", *, helps: list[str] | None = None, status: int = 200) -> HttpResponse:
    """Tell the page where it goes on, and what somebody must read at once."""
    return JsonResponse({"next": there, "help": helps or []}, status=status)
