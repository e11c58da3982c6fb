"""The clinic's own log, as the engine learns from it."""

from datetime import datetime

from alongside.rules.waits.past import Past
from alongside.visits.models import State, Visit

ENDED = (State.DONE, State.MISSED, State.CANCELLED)


def finished_since(since: datetime, *, until: datetime) -> list[Past]:
    """Give every visit that ended, was missed or called off in this time, in the book's order."""
    rows = (
        Visit.objects.filter(state__in=ENDED, booked_at__gte=since, booked_at__lt=until)
        .order_by("booked_at", "id")
        .values_list(
            "id",
            "booked_at",
            "arrived_at",
            "started_at",
            "finished_at",
            "therapist_id",
            "kind__name",
            "cancelled_at",
        )
    )
    return [
        Past(
            visit=str(key),
            booked_at=booked,
            arrived_at=arrived,
            started_at=started,
            ended_at=ended,
            lane=str(lane),
            kind=kind,
            cancelled_at=cancelled,
        )
        for key, booked, arrived, started, ended, lane, kind, cancelled in rows.iterator()
    ]
