"""Tell a client their wait: at check-in, when they ask, and unasked when it changed."""

from datetime import UTC, datetime, timedelta

from alongside.clinics.prepared_writes import insert
from alongside.live.actions.push import push
from alongside.live.topics import clinic_topic, visit_topic
from alongside.parts import moments
from alongside.rules.waits import Forecast, Telling, first_telling, next_telling, reason_for
from alongside.visits.actions.notify import send_correction
from alongside.visits.models import Channel, Told, Visit
from alongside.visits.moments import WaitTold
from alongside.visits.queries.look import Looked, look_ahead


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
    found = look_ahead(now, about=visit).forecasts.get(str(visit.pk))
    last = Told.objects.filter(visit=visit).order_by("-told_at", "-id").first()
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


def has_news(found: Forecast, last: Told | None, *, now: datetime) -> bool:
    """Tell whether somebody who waits must hear something now; `last` was told before."""
    return last is None or next_telling(found, told=_telling(last), now=now) is not None


def correct(visit: Visit, looked: Looked, last: Told | None, *, now: datetime) -> Told | None:
    """Tell a client who waits what they must hear now, if anything; `last` was told before."""
    found = looked.forecasts[str(visit.pk)]
    if last is None:
        # Nothing could be said at check-in; now it can.
        fresh = first_telling(found, now=now)
        return _write(visit, fresh, found, reason="first", channels=[Channel.PHONE], now=now)
    due = next_telling(found, told=_telling(last), now=now)
    if due is None:
        return None
    longer = due.by > last.by
    reason = reason_for(looked.day, visit=str(visit.pk), longer=longer, now=now)
    new = _write(visit, due, found, reason=reason.value, channels=[Channel.PHONE], now=now)
    sent = send_correction(visit, new, last, now=now)
    new.channels = [*new.channels, *sent]
    # Who came without a phone page and gets no message has to be told by a person.
    new.to_say = not sent and visit.arrived_by in (Channel.DESK, Channel.KIOSK, Channel.SLIP, "")
    new.save(update_fields=["channels", "to_say"])
    return new


def _write(
    visit: Visit,
    telling: Telling,
    found: Forecast,
    *,
    reason: str,
    channels: list[Channel],
    now: datetime,
) -> Told:
    told = Told(
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
        numbers={"quantiles": in_minutes(found), "over_ten": round(found.over_ten, 3)},
    )
    insert(told)
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


def in_minutes(found: Forecast) -> list[float]:
    """Give the nine quantiles in minutes, as they are kept."""
    return [round(value / timedelta(minutes=1), 1) for value in found.quantiles]
