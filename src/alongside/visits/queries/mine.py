"""A client's next visits, as they see them on their own page."""

from datetime import datetime
from uuid import UUID

from alongside.people.models import Client
from alongside.visits.models import State, Visit
from alongside.visits.queries.day import today_in

SHOWN = 12
OVER = (State.CANCELLED, State.MISSED, State.DONE)


def next_visits_of(client: Client, now: datetime) -> list[Visit]:
    """Give what is booked from today on, the next first."""
    rows = Visit.objects.filter(client=client, day__gte=today_in(client.clinic, now))
    rows = rows.exclude(state__in=OVER).select_related("therapist", "kind", "client", "clinic")
    return list(rows.in_order()[:SHOWN])


def visit_of(key: UUID, client: UUID | None) -> Visit | None:
    """Find one of this client's visits."""
    rows = Visit.objects.select_related("client", "clinic")
    found: Visit | None = rows.filter(pk=key, client=client).first()
    return found
