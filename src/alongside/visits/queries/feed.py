"""What a therapist's calendar feed holds."""

import hashlib
from datetime import datetime, timedelta

from alongside.access.tokens import digest_of
from alongside.clinics.current import across_clinics
from alongside.people.models import Staff
from alongside.visits.models import State, Visit

BACK = timedelta(days=14)
AHEAD = timedelta(days=120)


def whose_feed(token: str) -> Staff | None:
    """Find whose calendar address this is; nobody's when they left, or it was ended."""
    with across_clinics("the secret of a calendar address tells whose it is"):
        rows = Staff.objects.filter(
            feed_digest=digest_of(token), is_active=True, user__is_active=True
        )
        return rows.select_related("clinic").first()


def in_feed(staff: Staff, now: datetime) -> list[Visit]:
    """The visits of two weeks back and four months ahead, in order; none that were called off."""
    rows = Visit.objects.filter(
        therapist=staff, booked_at__gte=now - BACK, booked_at__lt=now + AHEAD
    ).exclude(state=State.CANCELLED)
    return list(rows.in_order().select_related("client", "clinic"))


def mark_of(visits: list[Visit]) -> str:
    """A mark that changes when anything in the feed does (for If-None-Match)."""
    said = "|".join(
        f"{v.pk}:{v.version}:{v.booked_at.timestamp()}:{v.planned}:{v.client.goes_by}"
        for v in visits
    )
    return f'W/"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'
