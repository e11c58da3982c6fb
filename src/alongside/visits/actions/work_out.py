"""Keep every expectation true as the day goes on, and correct whoever must hear of it."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from alongside.clinics import current
from alongside.clinics.prepared import prepared
from alongside.clinics.prepared_writes import Change, prepared_change
from alongside.clinics.turn import take_turn
from alongside.live.actions.push import push
from alongside.live.topics import clinic_topic
from alongside.rules.waits import Forecast
from alongside.visits.actions.tell import correct, has_news, in_minutes
from alongside.visits.models import DayState, Outlook, Told, Visit
from alongside.visits.queries.day import day_state, last_told, today_in
from alongside.visits.queries.due import to_try, to_work_out
from alongside.visits.queries.look import Looked, look_ahead
from alongside.visits.queries.moves import would_help

# An outlook that moved less than this is not written again.
STILL = timedelta(seconds=30)
KEPT = ["made_at", "starts_low", "starts_likely", "starts_by", "starts_high"]


def work_out_when_changed(now: datetime) -> None:
    """Work the waits out if something happened since, then try what would help."""
    state = day_state()
    if state is not None and to_work_out(state):
        work_out(now)
    elif state is not None and to_try(state, now):
        try_moves(now)


def work_out(now: datetime) -> list[Told]:
    """Bring every expectation up to date and correct whoever must hear of it."""
    looked = look_ahead(now)
    with transaction.atomic():
        state = _locked()
        told, moved = _keep(looked, looked.forecasts, now)
        state.worked_out, state.worked_out_at = looked.changed, now
        helped = to_try(state, now) and _try(state, looked, now)
        state.save(update_fields=["worked_out", "worked_out_at", "moves", "moves_at", "tried"])
        if told or moved or helped:
            push(clinic_topic(looked.clinic.pk))
    return told


def try_moves(now: datetime) -> None:
    """Try what would help on the day as it is now."""
    looked = look_ahead(now)
    with transaction.atomic():
        state = _locked()
        helped = _try(state, looked, now)
        state.save(update_fields=["moves", "moves_at", "tried"])
        if helped:
            push(clinic_topic(looked.clinic.pk))


def expect_arrival(visit: Visit, looked: Looked, *, now: datetime) -> None:
    """Bring the therapist's day up to date in the same breath as a check-in.

    `looked` saw the day with this client in it. If anything else happened since, or was not worked
    out yet, the clock does it for the whole clinic within a second.
    """
    if not _nothing_else(before=looked.changed, after=looked.changed + 1):
        return
    _keep(looked, looked.forecasts.keys() - {str(visit.pk)}, now)


@prepared_change
def _nothing_else(before: int, after: int) -> Change:
    """Note the day as worked out, if a check-in is all that happened since `before`."""
    rows = DayState.objects.filter(worked_out=before, changed=after)
    return rows, {"worked_out": F("changed")}


def _locked() -> DayState:
    """One server at a time works a clinic's day out; a second one finds the corrections told."""
    take_turn()
    DayState.objects.get_or_create()
    state: DayState = DayState.objects.select_for_update().get()
    return state


def _keep(looked: Looked, whose: Collection[str], now: datetime) -> tuple[list[Told], bool]:
    """Correct those of `whose` who wait, keep everybody's outlook; (told, any outlook moved)."""
    here = {UUID(one.id): one.id for one in looked.day.visits if one.is_here and one.id in whose}
    return _correct(looked, here, now) if here else [], _keep_outlooks(looked, now)


def _correct(looked: Looked, here: dict[UUID, str], now: datetime) -> list[Told]:
    """Correct those of these who must hear something; mostly nobody, and then no visit is read."""
    today = today_in(looked.clinic, now)
    last, found = last_told(today), looked.forecasts
    due = {key for key, name in here.items() if has_news(found[name], last.get(key), now=now)}
    visits = [visit for visit in _waiting(today) if visit.pk in due] if due else []
    new = [correct(visit, looked, last.get(visit.pk), now=now) for visit in visits]
    return [one for one in new if one is not None]


def _try(state: DayState, looked: Looked, now: datetime) -> bool:
    """Try what would help; tell whether it is anything new."""
    helps = would_help(looked, now)
    is_new = bool(helps != state.moves)
    state.moves, state.moves_at, state.tried = helps, now, looked.changed
    return is_new


@prepared
def _waiting(day: date) -> QuerySet[Visit]:
    waiting = Visit.objects.on_day(day).waiting()
    found: QuerySet[Visit] = waiting.select_related("client", "therapist", "clinic").in_order()
    return found


def _keep_outlooks(looked: Looked, now: datetime) -> bool:
    kept = {
        str(visit): (likely, by, over_ten)
        for visit, likely, by, over_ten in _kept(today_in(looked.clinic, now))
    }
    moved = [
        _outlook(key, found, now)
        for key, found in looked.forecasts.items()
        if key not in kept or _has_moved(*kept[key], found, now)
    ]
    if moved:
        Outlook.objects.bulk_create(
            moved,
            update_conflicts=True,
            unique_fields=["visit"],
            update_fields=[*KEPT, "over_ten", "quantiles"],
        )
    return bool(moved)


@prepared
def _kept(day: date) -> QuerySet[Outlook, tuple[Any, ...]]:
    rows = Outlook.objects.filter(visit__in=Visit.objects.on_day(day))
    return rows.values_list("visit_id", "starts_likely", "starts_by", "over_ten")


def _has_moved(
    likely: datetime, by: datetime, over_ten: float, found: Forecast, now: datetime
) -> bool:
    return (
        abs(likely - (now + found.likely)) >= STILL
        or abs(by - (now + found.by)) >= STILL
        or abs(over_ten - found.over_ten) >= 0.05
    )


def _outlook(key: str, found: Forecast, now: datetime) -> Outlook:
    return Outlook(
        clinic_id=current.clinic_id(),
        visit_id=key,
        made_at=now,
        starts_low=now + found.low,
        starts_likely=now + found.likely,
        starts_by=now + found.by,
        starts_high=now + found.high,
        over_ten=found.over_ten,
        quantiles=in_minutes(found),
    )
