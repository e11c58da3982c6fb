"""Come in to one's own page, choose whose, and go out again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import logout
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpRequest

from alongside.access import own, presence
from alongside.access.actions.links import use_up
from alongside.access.models import Link
from alongside.access.own import Page
from alongside.audit.actions.record import record
from alongside.clinics.current import working_in
from alongside.keys.models import OwnPasskey
from alongside.mine.models import CameIn
from alongside.people.actors import OWN

# In the session of who came in by a passkey: by which.
PASSKEY = "own_passkey"
CARRIED = (presence.BEGAN, presence.FRESH, PASSKEY)


class AlreadyUsed(Exception):
    """This link has let somebody in already."""


def come_in(request: HttpRequest, link: Link, *, now: datetime, speed: float) -> list[Page]:
    """Use a link up: open a new session for whoever reads this address's post.

    Gives the pages that it may open; the only one of them is chosen.
    """
    if not link.email or not use_up(link, now=now):
        raise AlreadyUsed
    # Whoever reads the letter now may add a passkey now; nobody who finds the phone later may.
    _open(request, {"email": link.email}, {presence.FRESH: now.timestamp()}, now=now, speed=speed)
    return _go_on(request, now=now, speed=speed)


def come_in_by_passkey(
    request: HttpRequest, kept: OwnPasskey, *, now: datetime, speed: float
) -> list[Page]:
    """Open a new session for whoever showed this passkey, for the pages that it was made for."""
    whose = {"email": kept.email, "only": list(kept.pages)}
    _open(request, whose, {PASSKEY: str(kept.pk)}, now=now, speed=speed)
    return _go_on(request, now=now, speed=speed)


def _go_on(request: HttpRequest, *, now: datetime, speed: float) -> list[Page]:
    pages = own.pages_open_to(request.session, now=now)
    if len(pages) == 1:
        choose(request, pages[0], now=now, speed=speed)
    return pages


def choose(request: HttpRequest, page: Page, *, now: datetime, speed: float) -> None:
    """Open one of the pages that this session may open, in a session with a key of its own."""
    whose = {**request.session[own.KEY], "chosen": page.key}
    # Choosing again does not begin the twelve hours anew.
    kept = {name: request.session[name] for name in CARRIED if name in request.session}
    CameIn.objects.filter(session_key=request.session.session_key or "").delete()
    _open(request, whose, kept, now=now, speed=speed)
    detail = {"how": "passkey"} if kept.get(PASSKEY) else None
    with working_in(page.clinic):
        record("mine.choose", by=page.actor, now=now, client=page.client.pk, detail=detail)


def go_out(request: HttpRequest, *, now: datetime) -> None:
    """End this session, and leave nothing of it behind."""
    CameIn.objects.filter(session_key=request.session.session_key or "").delete()
    actor = getattr(request, "actor", None)
    if actor is not None and actor.kind in OWN:
        record("mine.sign_out", by=actor, now=now, client=actor.client)
    logout(request)


def end_others(email: str, *, but: str) -> int:
    """Sign this address out everywhere else, and say in how many places."""
    return _end(CameIn.objects.filter(email=email), but=but)


def end_by_passkey(passkey: UUID, *, but: str) -> int:
    """End what was opened by a passkey that opens nothing any more."""
    return _end(CameIn.objects.filter(passkey=passkey), but=but)


def _end(came: QuerySet[CameIn], *, but: str) -> int:
    others = came.exclude(session_key=but)
    keys = list(others.values_list("session_key", flat=True))
    ended, _each = Session.objects.filter(pk__in=keys).delete()
    others.delete()
    return ended


def _open(
    request: HttpRequest,
    whose: dict[str, Any],
    kept: dict[str, Any],
    *,
    now: datetime,
    speed: float,
) -> None:
    # Nothing of an older session survives: neither its key nor what a stranger put into it.
    request.session.flush()
    request.session[own.KEY] = {"chosen": "", **whose}
    request.session.update(kept)
    presence.was_here(request.session, now=now, stay=own.STAY, speed=speed)
    request.session.save()
    key = request.session.session_key or ""
    CameIn.objects.create(
        email=whose["email"], session_key=key, began_at=now, passkey=kept.get(PASSKEY)
    )
