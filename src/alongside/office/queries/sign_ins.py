"""Where somebody is signed in."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db.models.functions import Now

from alongside.access import presence
from alongside.access.sessions import SessionStore
from alongside.office.models import SignedIn
from alongside.people.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """An open session, as its owner knows it again."""

    id: UUID
    device: str
    place: str
    how: str
    clinic: str
    began_at: datetime
    seen_at: datetime | None
    is_this: bool


def open_sessions(user: User, *, this: str, now: datetime) -> list[Open]:
    """Give the open sessions of a person, this one first and then the newest."""
    rows = list(SignedIn.objects.filter(user=user).select_related("clinic"))
    # A session ends by the real clock, whatever time it is for the product.
    kept = Session.objects.filter(
        pk__in=[one.session_key for one in rows], expire_date__gt=Now()
    ).values_list("pk", "session_data")
    known = {key: SessionStore(key).decode(data) for key, data in kept}
    still = [
        _shown(one, known[one.session_key], this)
        for one in rows
        if one.session_key in known and not presence.is_over(known[one.session_key], now=now)
    ]
    return sorted(still, key=lambda one: not one.is_this)


def _shown(one: SignedIn, session: dict[str, float], this: str) -> Open:
    seen = session.get(presence.SEEN)
    return Open(
        id=one.pk,
        device=one.device,
        place=one.place,
        how=one.how,
        clinic=one.clinic.name if one.clinic else "",
        began_at=one.began_at,
        seen_at=datetime.fromtimestamp(seen, UTC) if seen else None,
        is_this=one.session_key == this,
    )
