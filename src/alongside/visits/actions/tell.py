"""Work out the waits, tell each client theirs, and correct it unasked when it changes."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from alongside.clinics import current
from alongside.clinics.models import Clinic
from alongside.live.actions.push import push
from alongside.live.topics import clinic_topic, visit_topic
from alongside.parts import moments
from alongside.people.actors import Actor, the_clock
from alongside.rules.waits import (
    Forecast,
    Reason,
    Telling,
    first_telling,
    next_telling,
    reason_for,
)
from alongside.visits.actions.notify import send_correction
from alongside.visits.models import WAITING, Channel, DayState, Outlook, State, Told, Visit
from alongside.visits.moments import WaitTold
from alongside.visits.queries.day import today_in
from alongside.visits.queries.look import Looked, look_ahead
from alongside.visits.queries.moves import would_help

EACH = timedelta(seconds=55)
# What would help is tried at most this often: it costs as much as dozens of looks ahead.
READ = timedelta(seconds=10)
# An outlook that moved less than this is not written again.
STILL = timedelta(seconds=30)


def tell_first(visit: Visit, looked: Looked, *, channel: Channel, now: datetime) -> Told | None:
    """Tell somebody who has just come how long it will be; nothing, if we cannot know."""
    found = looked.forecasts.get(str(visit.pk))
    if found is None:
        return None
    channels: list[Channel] = [channel] if channel == Channel.DESK else [channel, Channel.DESK]
    return _write(
        visit, first_telling(found, now=now), found, reason="first", channels=channels, now=now
    )


def tell_again(visit: Visit, *, reason: str, now: datetime) -> Told | None:
    """Tell the present truth because the client asked; it counts as told."""
    looked = look_ahead(now)
    found = looked.forecasts.get(str(visit.pk))
    last = _last_told(visit)
    if found is None:
        return None
    fresh = first_telling(found, now=now)
    if last is None:
        return _write(visit, fresh, found, reason=reason, channels=[Channel.PHONE], now=now)
    due = next_telling(found, told=_telling(last), now=now)
    if due is None:
        # What was said still holds: the client hears it again, and no new promise is made.
        return last
    return _write(visit, due, found, reason=reason, channels=[Channel.PHONE], now=now)


def work_out_when_changed(now: datetime) -> None:
    """Work the waits out if something happened since they were last worked out."""
    state = DayState.objects.first()
    if state and state.changed != state.worked_out:
        work_out(now)


def work_out_each_minute(now: datetime) -> None:
    """Work the waits out once a minute while anybody waits: time itself changes them."""
    state = DayState.objects.first()
    due = state is None or state.worked_out_at is None or now - state.worked_out_at >= EACH
    today = today_in(_clinic(), now)
    if due and Visit.objects.on_day(today).exclude(state__in=[State.DONE]).exists():
        work_out(now)


def work_out(now: datetime) -> list[Told]:
    """Bring every expectation up to date and correct whoever must hear of it."""
    looked = look_ahead(now)
    tried = DayState.objects.first()
    helps = _helps(tried, looked, now)
    with transaction.atomic():
        # One server at a time; a second one finds the corrections told.
        DayState.objects.get_or_create()
        state = DayState.objects.select_for_update().get()
        told = [
            new
            for visit in _waiting(now)
            if str(visit.pk) in looked.forecasts and (new := _correct(visit, looked, now))
        ]
        moved = _keep_outlooks(looked, now)
        helped = helps is not None and helps != state.moves
        if helps is not None:
            state.moves, state.moves_at = helps, now
        state.worked_out, state.worked_out_at = looked.changed, now
        state.save(update_fields=["worked_out", "worked_out_at", "moves", "moves_at"])
        if told or moved or helped:
            push(clinic_topic(current.clinic_id()), *(visit_topic(new.visit_id) for new in told))
    return told


def _helps(tried: DayState | None, looked: Looked, now: datetime) -> list[dict[str, Any]] | None:
    """Try what would help, but not more often than it can be read; None keeps what stands."""
    last = tried.moves_at if tried else None
    if last is not None and last <= now < last + READ:
        return None
    return would_help(looked, now)


def _correct(visit: Visit, looked: Looked, now: datetime) -> Told | None:
    found = looked.forecasts[str(visit.pk)]
    last = _last_told(visit)
    if last is None:
        # Nothing could be said at check-in; now it can.
        fresh = first_telling(found, now=now)
        return _write(visit, fresh, found, reason="first", channels=[Channel.PHONE], now=now)
    due = next_telling(found, told=_telling(last), now=now)
    if due is None:
        return None
    longer = due.by > last.by
    reason = reason_for(looked.day, visit=str(visit.pk), longer=longer, now=now)
    new = _write(visit, due, found, reason=_word(reason), channels=[Channel.PHONE], now=now)
    sent = send_correction(visit, new, last, now=now)
    new.channels = [*new.channels, *sent]
    # Who came without a phone page and gets no message has to be told by a person.
    new.to_say = not sent and visit.arrived_by in (Channel.DESK, Channel.KIOSK, Channel.SLIP, "")
    new.save(update_fields=["channels", "to_say"])
    return new


def _word(reason: Reason) -> str:
    return reason.value


def _write(
    visit: Visit,
    telling: Telling,
    found: Forecast,
    *,
    reason: str,
    channels: list[Channel],
    now: datetime,
) -> Told:
    told = Told.objects.create(
        visit=visit,
        told_at=now,
        low=telling.low,
        high=telling.high,
        likely=telling.likely,
        by=telling.by,
        reason=reason,
        channels=[channel.value for channel in channels],
        news=telling.news,
        longer=telling.longer,
        numbers={"quantiles": _minutes(found), "over_ten": round(found.over_ten, 3)},
    )
    push(visit_topic(visit.pk), clinic_topic(visit.clinic_id))
    moments.tell(WaitTold(clinic=visit.clinic_id, visit=visit.pk), off=visit.clinic.parts_off)
    return told


def _telling(told: Told) -> Telling:
    return Telling(
        low=told.low,
        high=told.high,
        by=told.by.astimezone(UTC),
        likely=told.likely,
        told_at=told.told_at.astimezone(UTC),
        news=told.news,
        longer=told.longer,
    )


def _minutes(found: Forecast) -> list[float]:
    return [round(value / timedelta(minutes=1), 1) for value in found.quantiles]


def _last_told(visit: Visit) -> Told | None:
    return Told.objects.filter(visit=visit).order_by("-told_at", "-id").first()


def _waiting(now: datetime) -> list[Visit]:
    today = today_in(_clinic(), now)
    rows = Visit.objects.on_day(today).filter(state__in=WAITING)
    return list(rows.select_related("client", "therapist", "clinic").in_order())


def _keep_outlooks(looked: Looked, now: datetime) -> bool:
    kept = {
        str(row.visit_id): row for row in Outlook.objects.filter(visit__in=list(looked.forecasts))
    }
    moved = [
        _outlook(key, found, now)
        for key, found in looked.forecasts.items()
        if _has_moved(kept.get(key), found, now)
    ]
    Outlook.objects.bulk_create(
        moved,
        update_conflicts=True,
        unique_fields=["visit"],
        update_fields=[
            "made_at",
            "starts_low",
            "starts_likely",
            "starts_by",
            "starts_high",
            "over_ten",
            "quantiles",
        ],
    )
    return bool(moved)


def _has_moved(kept: Outlook | None, found: Forecast, now: datetime) -> bool:
    if kept is None:
        return True
    return (
        abs(kept.starts_likely - (now + found.likely)) >= STILL
        or abs(kept.starts_by - (now + found.by)) >= STILL
        or abs(kept.over_ten - found.over_ten) >= 0.05
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
        quantiles=_minutes(found),
    )


def _clinic() -> Clinic:
    return Clinic.objects.get(pk=current.clinic_id())


def clock_actor() -> Actor:
    """The actor for what happens by itself."""
    return the_clock(current.clinic_id())
