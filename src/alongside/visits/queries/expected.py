"""Whether a person is still to come: nobody is erased out of a day that counts on them."""

from datetime import datetime

from django.db.models import Q

from alongside.parts.part import Panel
from alongside.people.models import Client
from alongside.visits.models import INSIDE, State, Visit


def in_the_way(client: Client, now: datetime) -> Panel | None:
    """Name the first visit that must be over, or called off, before a client is erased."""
    coming = Q(state=State.BOOKED, ends_at__gt=now)
    visits = Visit.objects.filter(client=client).filter(coming | Q(state__in=INSIDE))
    first = visits.order_by("booked_at").first()
    if first is None:
        return None
    return Panel(template="visits/staff/in_the_way.html", context={"visit": first})
