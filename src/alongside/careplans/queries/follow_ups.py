"""Who should be called today: the whole clinic in a fixed number of questions."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Max, Q

from alongside.careplans.models import FollowUp
from alongside.goals.models import Goal
from alongside.people.models import Client
from alongside.rules.follow_ups import Reason, Situation, reasons
from alongside.rules.goals import Rated, is_stalled
from alongside.visits.models import HOLDS_TIME, State, Visit

# What is older says nothing of today, and would be read for nothing.
LOOKS_BACK = timedelta(days=400)
CAME = (State.HERE, State.CALLED, State.WITH, State.DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCall:
    """Somebody to call; `call` where one of us has taken it on."""

    client: Client
    reasons: tuple[Reason, ...]
    call: FollowUp | None

    @property
    def since(self) -> date | None:
        """Since when the first of it lasts."""
        return self.reasons[0].since if self.reasons else None


def to_call(*, now: datetime, zone: ZoneInfo) -> list[ToCall]:
    """Everybody who missed a visit, fell silent, or whose goal stands still; the longest first."""
    today = now.astimezone(zone).date()
    calls = {one.client_id: one for one in _open_calls()}
    found = {
        client: why
        for client, known in _situations(now, zone, today).items()
        if (why := reasons(known, today=today)) or client in calls
    }
    found |= {client: () for client in calls if client not in found}
    people = Client.objects.filter(pk__in=found, erased_at=None)
    rows = [ToCall(client=one, reasons=found[one.pk], call=calls.get(one.pk)) for one in people]
    return sorted(rows, key=lambda row: (row.since or today, str(row.client.pk)))


def lately_closed() -> list[FollowUp]:
    """What came of the last calls."""
    rows = FollowUp.objects.exclude(done_at=None).select_related("client")
    return list(rows.order_by("-done_at", "-id")[:10])


def call_of(key: UUID, client: UUID) -> FollowUp | None:
    """One call to this client."""
    found: FollowUp | None = FollowUp.objects.filter(pk=key, client=client).first()
    return found


def _open_calls() -> list[FollowUp]:
    return list(FollowUp.objects.filter(done_at=None).select_related("taken_by"))


def _situations(now: datetime, zone: ZoneInfo, today: date) -> dict[UUID, Situation]:
    """What is known of everybody, in three questions: their visits, their goals, our calls."""
    known: dict[UUID, dict[str, Any]] = defaultdict(dict)
    called = dict(
        FollowUp.objects.exclude(done_at=None)
        .order_by()
        .values_list("client")
        .annotate(last=Max("done_at"))
    )
    for client, at in called.items():
        known[client]["called_on"] = at.astimezone(zone).date()
    for row in _visits(today):
        off = row.pop("called_off")
        row["called_off_on"] = off.astimezone(zone).date() if off else None
        known[row.pop("client")].update(row)
    for client, agreed, spoken, rated in _goals():
        one, day = known[client], agreed.astimezone(zone).date()
        one["goals_since"] = min(one.get("goals_since", day), day)
        spoken = max((at for at in (spoken, called.get(client)) if at), default=None)
        ratings = [Rated(at=rated, going=0)] if rated else []
        if is_stalled(ratings, agreed_at=agreed, spoken_at=spoken, now=now):
            moved = max(agreed, rated or agreed).astimezone(zone).date()
            one["stalled_since"] = min(one.get("stalled_since", moved), moved)
    return {client: Situation(**facts) for client, facts in known.items()}


def _visits(today: date) -> Any:
    """For each client the last day of each kind. Booked, and the day went by: nobody came."""
    missed = Q(state=State.MISSED) | Q(state=State.BOOKED, day__lt=today)
    rows = Visit.objects.filter(day__gte=today - LOOKS_BACK).order_by()
    return rows.values("client").annotate(
        here_on=Max("day", filter=Q(state__in=CAME)),
        next_on=Max("day", filter=Q(state__in=HOLDS_TIME, day__gte=today)),
        missed_on=Max("day", filter=missed),
        called_off=Max("cancelled_at", filter=Q(state=State.CANCELLED)),
    )


def _goals() -> Any:
    rows = Goal.objects.active().order_by().annotate(rated=Max("ratings__at"))
    return rows.values_list("client", "agreed_at", "spoken_at", "rated")
