"""What the waiting room may see: four fields a person, and never a name.

Nothing else of a visit reaches the screen's page: the template is given these rows alone.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import QuerySet

from alongside.clinics.models import Clinic
from alongside.clinics.prepared import prepared
from alongside.visits.models import State, Told, Visit
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
    today = today_in(clinic, now)
    visits, told = _waiting(today), {one.visit_id: one for one in _told(today)}
    rows = [(visit.called_at, _row(visit, told.get(visit.pk), now)) for visit in visits]
    rows.sort(key=lambda pair: _place(*pair))
    return [row for _, row in rows]


@prepared
def _waiting(day: date) -> QuerySet[Visit]:
    waiting = Visit.objects.on_day(day).waiting().exclude(code="").select_related("room")
    found: QuerySet[Visit] = waiting.only(
        "id", "clinic_id", "code", "state", "called_at", "room__name"
    )
    return found


@prepared
def _told(day: date) -> QuerySet[Told]:
    rows = Told.objects.filter(visit__in=Visit.objects.on_day(day).waiting())
    return rows.order_by("told_at", "id").only("visit_id", "by", "longer", "told_at")


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
