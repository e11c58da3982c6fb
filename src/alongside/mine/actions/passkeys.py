"""A passkey to one's own page: added after a letter, told to whom it concerns, taken away."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from alongside.access import presence
from alongside.access.own import Page, pages_open_to, proven
from alongside.audit.actions.record import record
from alongside.clinics.current import working_in
from alongside.keys.actions import own
from alongside.keys.models import OwnPasskey
from alongside.messaging.actions.queue import queue_letter
from alongside.mine.actions.come_in import PASSKEY, end_by_passkey
from alongside.mine.messages import new_passkey_letter
from alongside.people.actors import the_clock


def may_add(request: HttpRequest, *, now: datetime) -> bool:
    """Tell whether somebody came in by a letter just now, and not by another passkey."""
    return presence.is_fresh(request.session, now=now) and PASSKEY not in request.session


@transaction.atomic
def add_passkey(request: HttpRequest, name: str, answer: Any, *, now: datetime) -> bool:
    """Keep a passkey for the pages that the letter opened, and write to the address that it was."""
    email, pages = proven(request.session, now=now), pages_open_to(request.session, now=now)
    keys = [one.key for one in pages]
    kept = own.keep(request, email, name, answer, pages=keys, now=now) if pages else None
    if kept is None:
        return False
    _tell("mine.add_passkey", pages, now=now)
    write_to_the_owner(pages, email, now=now)
    return True


@transaction.atomic
def widen_passkey(request: HttpRequest, which: UUID, *, now: datetime) -> bool:
    """Let a passkey open every page that the letter has opened just now."""
    email, pages = proven(request.session, now=now), pages_open_to(request.session, now=now)
    rows = OwnPasskey.objects.filter(email=email, pk=which)
    if not rows.update(pages=sorted(one.key for one in pages)):
        return False
    _tell("mine.add_passkey", pages, now=now)
    return True


@transaction.atomic
def remove_passkey(request: HttpRequest, which: UUID, *, now: datetime) -> bool:
    """Take a passkey of one's own address away, and end what it has opened elsewhere."""
    email = proven(request.session, now=now)
    if not OwnPasskey.objects.filter(email=email, pk=which).delete()[0]:
        return False
    end_by_passkey(which, but=request.session.session_key or "")
    _tell("mine.remove_passkey", pages_open_to(request.session, now=now), now=now)
    return True


def _tell(verb: str, pages: list[Page], *, now: datetime) -> None:
    """Put it on record of each page that it concerns."""
    for page in pages:
        with working_in(page.clinic):
            record(verb, by=page.actor, now=now, client=page.client.pk)


def write_to_the_owner(pages: list[Page], email: str, *, now: datetime) -> None:
    """Write to whoever reads the post: somebody else may have held the telephone."""
    page = pages[0]
    link = f"{settings.PUBLIC_URL}{reverse('mine:passkeys')}"
    with working_in(page.clinic), translation.override(page.actor.language):
        is_one = len({one.actor.label for one in pages}) == 1
        letter = new_passkey_letter(page, link, to=email, at=now, is_one=is_one)
        queue_letter(page.client, letter, by=the_clock(page.clinic.pk), now=now)
