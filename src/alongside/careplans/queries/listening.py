"""Whether people felt listened to: one's own answers, and the clinic's by month."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from alongside.careplans.models import Felt, Heard
from alongside.rules.listening import Share, months_before, share
from alongside.visits.models import State, Visit

MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month: a share for each item, None below five answers."""

    first: date
    shares: tuple[Share | None, ...]


def told_on(visit: UUID) -> Heard | None:
    """What was told of one visit, for whoever told it."""
    found: Heard | None = Heard.objects.filter(visit=visit).first()
    return found


def last_done(client: UUID, *, since: date) -> Visit | None:
    """The last visit of this client that took place."""
    rows = Visit.objects.filter(client=client, state=State.DONE, day__gte=since)
    found: Visit | None = rows.select_related("clinic").order_by("-booked_at").first()
    return found


def by_month(today: date) -> list[Month]:
    """The last months that are over, the newest first: one question."""
    months = months_before(today, MONTHS)
    counts = {f"n_{one}": Count("pk", filter=~Q(**{one: ""})) for one in Heard.ITEMS}
    counts |= {f"yes_{one}": Count("pk", filter=Q(**{one: Felt.YES})) for one in Heard.ITEMS}
    until = today.replace(day=1) - timedelta(days=1)
    rows = Heard.objects.filter(told_on__gte=months[-1], told_on__lte=until).order_by()
    found: dict[date, dict[str, Any]] = {
        row["month"]: dict(row)
        for row in rows.annotate(month=TruncMonth("told_on")).values("month").annotate(**counts)
    }
    return [_month(first, found.get(first, {})) for first in months]


def _month(first: date, row: dict[str, Any]) -> Month:
    shares = (share(row.get(f"yes_{one}", 0), row.get(f"n_{one}", 0)) for one in Heard.ITEMS)
    return Month(first=first, shares=tuple(shares))
