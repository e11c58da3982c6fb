"""Compare wished lines with the book and with each other: what is there already, what clashes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from alongside.rules.scheduling.csv_rows import BadCell
from alongside.visits.models import HOLDS_TIME, Visit
from alongside.visits.queries.import_plan import LeftOut, Plan, Wished, fault_in

TAKEN = {
    "therapist": BadCell.THERAPIST_TAKEN,
    "client": BadCell.CLIENT_TAKEN,
    "room": BadCell.ROOM_TAKEN,
}
COLUMN = {"therapist": "therapist", "client": "first_name", "room": "room"}


def leave_out(plan: Plan, now: datetime) -> None:
    """Take out what is in the book or in the file already, and what has gone by."""
    booked = _already(plan.wished)
    kept: dict[tuple[int, UUID, datetime], int] = {}
    stay = []
    for one in plan.wished:
        key = (id(one.client), one.therapist.pk, one.start)
        if (one.client.pk, one.therapist.pk, one.start) in booked:
            plan.left_out.append((one.row.line, LeftOut.BOOKED, 0))
        elif key in kept:
            plan.left_out.append((one.row.line, LeftOut.TWICE, kept[key]))
        elif one.start < now:
            plan.left_out.append((one.row.line, LeftOut.PAST, 0))
        else:
            kept[key] = one.row.line
            stay.append(one)
    plan.wished = stay


def _already(wished: list[Wished]) -> set[tuple[UUID, UUID, datetime]]:
    """Client, therapist and start of what is in the book; also what was called off here since."""
    if not wished:
        return set()
    first, last = min(one.start for one in wished), max(one.start for one in wished)
    rows = Visit.objects.filter(booked_at__gte=first, booked_at__lte=last).order_by()
    return {
        (client, therapist, at.astimezone(UTC))
        for client, therapist, at in rows.values_list("client_id", "therapist_id", "booked_at")
    }


@dataclass(frozen=True, slots=True)
class _Taken:
    start: datetime
    end: datetime
    line: int  # 0: in the book


class _Held:
    """Who and what is taken when, laid out by day: a list of a year stays quick to compare."""

    def __init__(self) -> None:
        self._by_day: dict[tuple[str, object, date], list[_Taken]] = defaultdict(list)

    def take(self, what: str, key: object, taken: _Taken) -> None:
        """Note a time on each UTC day that it touches."""
        for day in {taken.start.date(), taken.end.date()}:
            self._by_day[what, key, day].append(taken)

    def clash(self, what: str, key: object, start: datetime, end: datetime) -> _Taken | None:
        """Give what is taken at any of this time, or None."""
        near = (t for day in {start.date(), end.date()} for t in self._by_day[what, key, day])
        return next((t for t in near if t.start < end and start < t.end), None)


def find_clashes(plan: Plan) -> None:
    """Name every line that would book somebody or something twice."""
    held = _in_the_book(plan.wished)
    stay = []
    for one in sorted(plan.wished, key=lambda one: one.row.line):
        start, end, clashes = one.start, one.end, 0
        for what, key in _resources(one):
            clash = held.clash(what, key, start, end)
            if clash:
                clashes += 1
                meant = (str(clash.line),) if clash.line else ()
                plan.faults.append(fault_in(one.row, COLUMN[what], TAKEN[what], meant))
        if not clashes:
            stay.append(one)
            for what, key in _resources(one):
                held.take(what, key, _Taken(start, end, one.row.line))
    plan.wished = stay


def _resources(one: Wished) -> Iterator[tuple[str, object]]:
    yield "therapist", one.therapist.pk
    yield "client", one.client.pk
    if one.room:
        yield "room", one.room.pk


def _in_the_book(wished: list[Wished]) -> _Held:
    held = _Held()
    if not wished:
        return held
    first, last = min(one.start for one in wished), max(one.end for one in wished)
    rows: Iterable[Visit] = Visit.objects.filter(
        state__in=HOLDS_TIME, booked_at__lt=last, ends_at__gt=first
    ).order_by("booked_at", "id")
    for visit in rows:
        taken = _Taken(visit.booked_at.astimezone(UTC), visit.ends_at.astimezone(UTC), 0)
        held.take("therapist", visit.therapist_id, taken)
        held.take("client", visit.client_id, taken)
        if visit.room_id:
            held.take("room", visit.room_id, taken)
    return held
