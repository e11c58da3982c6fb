"""What the waiting room may see: four fields a person, and never a name.

Nothing else of a visit reaches the screen's page: the template is given these rows alone.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from alongside.clinics.models import Clinic
from alongside.visits.models import WAITING, State, Told, Visit
from alongside.visits.queries.day import today_in


class Shown(StrEnum):
    """What the screen says about somebody."""

    CALLED = "called"
    WAITING = "waiting"
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenRow:
    """One line of the screen; `expected` is the told time by which they go in."""

    code: str
    state: Shown
    expected: datetime | None
    room: str


def screen_rows(clinic: Clinic, now: datetime) -> list[ScreenRow]:
    """Everybody who waits: who was called first, then by the time that they were told."""
    visits = list(_waiting(clinic, now))
    told = _last_told([visit.pk for visit in visits])
    rows = [(visit.called_at, _row(visit, told.get(visit.pk), now)) for visit in visits]
    rows.sort(key=lambda pair: _place(*pair))
    return [row for _, row in rows]


def _waiting(clinic: Clinic, now: datetime) -> list[Visit]:
    today = Visit.objects.on_day(today_in(clinic, now)).filter(state__in=WAITING)
    return list(
        today.exclude(code="")
        .select_related("room")
        .only("id", "clinic_id", "code", "state", "called_at", "room__name")
    )


def _last_told(visits: list[UUID]) -> dict[UUID, Told]:
    rows = Told.objects.filter(visit__in=visits).order_by("told_at", "id")
    return {told.visit_id: told for told in rows.only("visit_id", "by", "longer", "told_at")}


def _row(visit: Visit, told: Told | None, now: datetime) -> ScreenRow:
    called = visit.state == State.CALLED
    is_over = told is not None and told.by < now
    late = told is not None and (told.longer > 0 or is_over)
    return ScreenRow(
        code=visit.code,
        state=Shown.CALLED if called else Shown.LATE if late else Shown.WAITING,
        # A time that has passed is shown to nobody: the word says that we are late.
        expected=told.by if told and not called and not is_over else None,
        room=visit.room.name if called and visit.room else "",
    )


def _place(called_at: datetime | None, row: ScreenRow) -> tuple[int, float, str]:
    if row.state == Shown.CALLED:
        return (0, -called_at.timestamp() if called_at else 0.0, row.code)
    return (1, row.expected.timestamp() if row.expected else 0.0, row.code)
