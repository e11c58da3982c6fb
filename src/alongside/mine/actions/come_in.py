"""Come in to one's own page, choose whose, and go out again."""

from datetime import datetime

from django.contrib.auth import logout
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from alongside.access import own, presence
from alongside.access.actions.links import use_up
from alongside.access.models import Link
from alongside.access.own import Page, pages_of
from alongside.audit.actions.record import record
from alongside.clinics.current import working_in
from alongside.mine.models import CameIn
from alongside.people.actors import OWN


class AlreadyUsed(Exception):
    """This link has let somebody in already."""


def come_in(request: HttpRequest, link: Link, *, now: datetime, speed: float) -> list[Page]:
    """Use a link up: open a new session for whoever reads this address's post.

    Gives the pages that it may open; the only one of them is chosen.
    """
    if not link.email or not use_up(link, now=now):
        raise AlreadyUsed
    _open(request, link.email, chosen="", now=now, speed=speed)
    pages = pages_of(link.email, now=now)
    if len(pages) == 1:
        choose(request, pages[0], now=now, speed=speed)
    return pages


def choose(request: HttpRequest, page: Page, *, now: datetime, speed: float) -> None:
    """Open one of the pages that this address may open, in a session with a key of its own."""
    email = own.proven(request.session, now=now)
    began = request.session.get(presence.BEGAN)
    CameIn.objects.filter(session_key=request.session.session_key or "").delete()
    # Choosing again does not begin the twelve hours anew.
    _open(request, email, chosen=page.key, now=now, speed=speed, began=began)
    with working_in(page.clinic):
        record("mine.choose", by=page.actor, now=now, client=page.client.pk)


def go_out(request: HttpRequest, *, now: datetime) -> None:
    """End this session, and leave nothing of it behind."""
    CameIn.objects.filter(session_key=request.session.session_key or "").delete()
    actor = getattr(request, "actor", None)
    if actor is not None and actor.kind in OWN:
        record("mine.sign_out", by=actor, now=now, client=actor.client)
    logout(request)


def end_others(email: str, *, but: str) -> int:
    """Sign this address out everywhere else, and say in how many places."""
    others = CameIn.objects.filter(email=email).exclude(session_key=but)
    keys = list(others.values_list("session_key", flat=True))
    ended, _each = Session.objects.filter(pk__in=keys).delete()
    others.delete()
    return ended


def _open(
    request: HttpRequest,
    email: str,
    *,
    chosen: str,
    now: datetime,
    speed: float,
    began: float | None = None,
) -> None:
    # Nothing of an older session survives: neither its key nor what a stranger put into it.
    request.session.flush()
    request.session[own.KEY] = {"email": email, "chosen": chosen}
    if began is not None:
        request.session[presence.BEGAN] = began
    presence.was_here(request.session, now=now, stay=own.STAY, speed=speed)
    request.session.save()
    key = request.session.session_key or ""
    CameIn.objects.create(email=email, session_key=key, began_at=now)
