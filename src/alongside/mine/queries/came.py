"""Where an address is signed in."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.sessions.models import Session
from django.db.models.functions import Now

from alongside.mine.models import CameIn


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One browser that is signed in."""

    began_at: datetime
    is_this: bool


def signed_in(email: str, *, this: str) -> list[Place]:
    """Give the open sessions of an address, the newest first."""
    came = list(CameIn.objects.filter(email=email)[:50])
    # A session ends by the real clock, whatever time it is for the product.
    alive = set(
        Session.objects.filter(
            pk__in=[one.session_key for one in came], expire_date__gt=Now()
        ).values_list("pk", flat=True)
    )
    return [
        Place(began_at=one.began_at, is_this=one.session_key == this)
        for one in came
        if one.session_key in alive
    ]
