"""What a client who waits reads: the wait that was told, why it changed, and who is before them."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from alongside.visits.messages import page
from alongside.visits.messages import wait as words
from alongside.visits.models import Visit
from alongside.visits.queries.client import FRESH, ahead_of, last_two_told, what_is_left


def what_we_told(visit: Visit, now: datetime) -> dict[str, Any]:
    """Put the told wait into words, counted down to now; empty while nothing could be told."""
    told = last_two_told(visit)
    if not told:
        return {"left": None}
    left = what_is_left(told[0], now)
    zone = visit.clinic.zone
    return {
        "left": left,
        "soon": page.is_soon(left.likely),
        "big": page.big(left.likely),
        "between": page.between(left.low, left.high),
        "by": words.by_when(told[0], zone),
        "by_at": words.clock(told[0].by, zone),
        "changed": _changed(told, now, visit),
        "later": len(told) > 1 and told[0].by > told[1].by,
    }


def _changed(told: list[Any], now: datetime, visit: Visit) -> str:
    """Say what changed; the figures of that moment only while they are fresh."""
    if len(told) < 2:
        return ""
    new, old = told
    if now - new.told_at <= FRESH:
        return words.correction(new, old, visit.clinic.zone)
    said = {"time": words.clock(new.told_at, visit.clinic.zone), "why": words.why(new.reason)}
    if new.by > old.by:
        return (
            _("At %(time)s we had to give you a later time. We are sorry. %(why)s") % said
        ).strip()
    return (_("At %(time)s we could give you an earlier time. %(why)s") % said).strip()


def steps_to_go(visit: Visit, now: datetime) -> list[dict[str, str]]:
    """Where this person is: here, in the row, then their own time."""
    ahead, name = ahead_of(visit, now), visit.therapist.short_name
    mine = {
        "name": name,
        "length": words.minutes_of(visit.planned),
        "time": words.clock(visit.booked_at, visit.clinic.zone),
    }
    return [
        {
            "state": "done",
            "label": _("You told us you are here"),
            "note": words.clock(visit.arrived_at or now, visit.clinic.zone),
        },
        {
            "state": "now",
            "label": page.place(ahead.people),
            "note": page.doing(
                name, is_away=ahead.is_away, is_busy=ahead.is_busy, is_next=ahead.is_next
            ),
        },
        {
            "state": "later",
            "label": _("Your time with %(name)s, about %(length)d minutes") % mine,
            "note": _("Booked for %(time)s") % mine,
        },
    ]
