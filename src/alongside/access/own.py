"""One's own page: who came in by a letter, and whose page that lets them open.

The letter proves that somebody reads the post of an e-mail address, and no more. So a session keeps
the address, and at every request it is asked anew whose page this address may open: a client's
whose address it is, or one whose client gave something to this address. A passkey stands for a
letter that came before: its session keeps, besides, which pages that letter opened (`only`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from alongside.access import presence
from alongside.clinics.current import across_clinics
from alongside.clinics.models import Clinic
from alongside.clinics.prepared import prepared
from alongside.people.actors import Actor, of_client, of_close_one
from alongside.people.models import Client, CloseOne
from alongside.rules.door.staying import stay_of

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase

KEY = "own"
STAY = stay_of("client")
WHY = "an e-mail address may be known to more than one clinic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One person's page that somebody may open: as themselves, or as somebody close to them."""

    actor: Actor
    clinic: Clinic
    client: Client
    close_one: CloseOne | None = None

    @property
    def key(self) -> str:
        """What a session remembers the choice by."""
        return str(self.actor.id)


def proven(session: "SessionBase", *, now: datetime) -> str:
    """Give the e-mail address that this session proved; "" for none, or too long ago."""
    kept = session.get(KEY)
    if not isinstance(kept, dict) or presence.is_over(session, now=now):
        return ""
    return str(kept.get("email", ""))


def pages_of(email: str, *, now: datetime) -> list[Page]:
    """Give every page that whoever reads this address's post may open."""
    asked = email.strip().lower()
    if not asked:
        return []
    with across_clinics(WHY):
        named = Exact(Lower("email"), Value(asked))
        own = Client.objects.filter(named).select_related("clinic")
        close = CloseOne.objects.filter(named, ended_at=None)
        close = close.select_related("client", "clinic")
        pages = [_own(one) for one in own]
        pages += [_close(one) for one in close if _holds(one, now)]
    return sorted(pages, key=lambda one: (one.client.goes_by, one.clinic.name, one.key))


def pages_open_to(session: "SessionBase", *, now: datetime) -> list[Page]:
    """Give every page that this session may open: by a passkey, those that it was made for."""
    email = proven(session, now=now)
    if not email:
        return []
    only = session[KEY].get("only")
    return [one for one in pages_of(email, now=now) if only is None or one.key in only]


def page_for(session: "SessionBase", *, now: datetime) -> Page | None:
    """Give the page that this session has chosen, as long as its address may open it."""
    email = proven(session, now=now)
    chosen = session[KEY].get("chosen", "") if email else ""
    if not chosen:
        return None
    key = UUID(chosen)
    for client in _clients(key):
        return _own(client) if client.email.lower() == email else None
    for one in _close_ones(key):
        return _close(one) if one.email.lower() == email and _holds(one, now) else None
    return None


def _own(client: Client) -> Page:
    return Page(actor=of_client(client), clinic=client.clinic, client=client)


def _close(one: CloseOne) -> Page:
    return Page(actor=of_close_one(one), clinic=one.clinic, client=one.client, close_one=one)


def _holds(one: CloseOne, now: datetime) -> bool:
    return one.is_current(now.astimezone(one.clinic.zone).date())


@prepared
def _clients(key: UUID) -> QuerySet[Client]:
    with across_clinics(WHY):
        return Client.objects.select_related("clinic").filter(pk=key)


@prepared
def _close_ones(key: UUID) -> QuerySet[CloseOne]:
    with across_clinics(WHY):
        return CloseOne.objects.select_related("client", "clinic").filter(pk=key, ended_at=None)
