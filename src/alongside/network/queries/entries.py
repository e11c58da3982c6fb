"""Who of the network looked into this clinic."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from alongside.access.models import Glass

SHOWN_FOR = timedelta(days=7)


def entries() -> QuerySet[Glass]:
    """Give every time somebody of the network looked in, the newest first."""
    found: QuerySet[Glass] = Glass.objects.order_by("-began_at", "-pk")
    return found


def lately(now: datetime) -> list[Glass]:
    """Give those of the last week."""
    return list(entries().filter(began_at__gte=now - SHOWN_FOR)[:20])
