"""Remember the open sessions of a person, and end them."""

from datetime import datetime
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest

from alongside.access.address import address_of, roughly
from alongside.audit.actions.record import record
from alongside.office.models import SignedIn
from alongside.people.actors import Actor
from alongside.people.models import User
from alongside.rules.door.agents import device_words


def note_session(
    request: HttpRequest, user: User, clinic: UUID, *, how: str = "", now: datetime
) -> None:
    """Remember an open session, so that it can be ended from elsewhere."""
    request.session.save()
    SignedIn.objects.create(
        user=user,
        session_key=request.session.session_key or "",
        clinic_id=clinic,
        began_at=now,
        how=how[:16],
        device=device_words(request.headers.get("User-Agent", ""))[:60],
        place=roughly(address_of(request)),
    )


def forget_session(key: str) -> None:
    """Take a session that ends by itself off the list."""
    SignedIn.objects.filter(session_key=key).delete()


def end_sessions(user: User, *, clinic: UUID | None = None, but: str = "") -> int:
    """End every session of a person (in one clinic, or everywhere), and say how many there were.

    `but`: the key of one that goes on.
    """
    theirs = SignedIn.objects.filter(user=user).exclude(session_key=but)
    if clinic is not None:
        theirs = theirs.filter(clinic_id=clinic)
    keys = list(theirs.values_list("session_key", flat=True))
    Session.objects.filter(pk__in=keys).delete()
    theirs.delete()
    return len(keys)


@transaction.atomic
def end_session(user: User, which: UUID, *, by: Actor, now: datetime) -> bool:
    """End one of one's own sessions; nobody else's is found by this."""
    found = SignedIn.objects.filter(user=user, pk=which).first()
    if found is None:
        return False
    Session.objects.filter(pk=found.session_key).delete()
    found.delete()
    record("people.end_session", by=by, now=now)
    return True


@transaction.atomic
def end_other_sessions(user: User, *, but: str, by: Actor, now: datetime) -> int:
    """End all of one's own sessions but this one."""
    ended = end_sessions(user, but=but)
    record("people.end_session", by=by, now=now, detail={"sessions": ended})
    return ended
