"""Who of the network looked into this clinic."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from alongside.access.models import Glass
from alongside.clinics.prepared import prepared

SHOWN_FOR = timedelta(days=7)


def entries() -> QuerySet[Glass]:
    """Give every time somebody of the network looked in, the newest first."""
    found: QuerySet[Glass] = Glass.objects.order_by("-began_at", "-pk")
    return found


def lately(now: datetime) -> list[Glass]:
    """Give those of the last week."""
    return _since(now - SHOWN_FOR)


@prepared
def _since(moment: datetime) -> QuerySet[Glass]:
    """Every board asks this at every change."""
    return entries().filter(began_at__gte=moment)[:20]
