"""Ask the engine what to expect of the day."""

from dataclasses import dataclass, replace
from datetime import datetime

from alongside.clinics import current
from alongside.clinics.models import Clinic
from alongside.rules.waits import Day, Forecast, Laws, forecast
from alongside.visits.models import Visit
from alongside.visits.queries.day import day_for_engine, day_state, laws_now, seed_for, today_in

FUTURES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """The day as it was, and what the engine expects of it (of a lane, where one was asked for)."""

    clinic: Clinic
    day: Day
    laws: Laws
    seed: int
    forecasts: dict[str, Forecast]
    changed: int


def look_ahead(
    now: datetime, *, arriving: Visit | None = None, about: Visit | None = None
) -> Looked:
    """Ask the engine about everybody who is here or still to come today.

    `arriving` is taken to have come at this moment, so that the answer can be worked out before
    their check-in is written and no other writer has to wait for it. With `arriving` or `about`
    only their therapist's own part of the day is worked out, where it is nobody else's.
    """
    whose = arriving or about
    clinic = whose.clinic if whose else Clinic.objects.get(pk=current.clinic_id())
    state = day_state()
    day, laws = day_for_engine(clinic, now), laws_now()
    if arriving is not None:
        day = _with_arrival(day, str(arriving.pk), now)
    seed = seed_for(clinic, today_in(clinic, now))
    part = day.around([str(whose.therapist_id)]) if whose else day
    return Looked(
        clinic=clinic,
        day=day,
        laws=laws,
        seed=seed,
        forecasts=forecast(part, laws, now=now, seed=seed, futures=FUTURES),
        changed=state.changed if state else 0,
    )


def _with_arrival(day: Day, key: str, now: datetime) -> Day:
    visits = tuple(
        replace(visit, arrived_at=now) if visit.id == key and visit.arrived_at is None else visit
        for visit in day.visits
    )
    return replace(day, visits=visits)
