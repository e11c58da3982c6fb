"""Why a wait changed, as far as the day itself shows it. "Unknown" is an answer."""

from datetime import datetime
from enum import StrEnum

from alongside.rules.waits.clock import minutes
from alongside.rules.waits.day import Booked, Day, Lane


class Reason(StrEnum):
    EARLIER_VISIT_LONGER = "earlier_visit_longer"
    THERAPIST_LATE = "therapist_late"
    THERAPIST_AWAY = "therapist_away"
    FREED_EARLY = "freed_early"
    ABSENCE = "absence"
    UNKNOWN = "unknown"


def reason_for(day: Day, *, visit: str, longer: bool, now: datetime) -> Reason:
    """The plainest cause in sight for a wait that became longer (or shorter)."""
    own = day.visit(visit)
    lane = day.lane(own.lane) if own else None
    if own is None or lane is None:
        return Reason.UNKNOWN
    return _why_longer(day, lane, now) if longer else _why_shorter(day, own)


def _why_longer(day: Day, lane: Lane, now: datetime) -> Reason:
    theirs = [visit for visit in day.visits if visit.lane == lane.id]
    if lane.away_until is not None and minutes(lane.away_until, now) > 0:
        return Reason.THERAPIST_AWAY
    if any(_overruns(visit, now) for visit in theirs):
        return Reason.EARLIER_VISIT_LONGER
    opened = lane.opens_at is not None and minutes(lane.opens_at, now) <= 0
    if opened and not any(visit.started_at for visit in theirs):
        return Reason.THERAPIST_LATE
    if any(visit.ended_at and _overruns(visit, visit.ended_at) for visit in theirs):
        return Reason.EARLIER_VISIT_LONGER
    return Reason.UNKNOWN


def _why_shorter(day: Day, own: Booked) -> Reason:
    theirs = [visit for visit in day.visits if visit.lane == own.lane and visit.id != own.id]
    if any(visit.gone and not _after(visit, own) for visit in theirs):
        return Reason.ABSENCE
    if any(visit.ended_at and not _overruns(visit, visit.ended_at) for visit in theirs):
        return Reason.FREED_EARLY
    return Reason.UNKNOWN


def _overruns(visit: Booked, moment: datetime) -> bool:
    if visit.started_at is None or (visit.ended_at is not None and visit.ended_at != moment):
        return False
    return minutes(moment, visit.started_at) * 60 > visit.planned.total_seconds()


def _after(visit: Booked, own: Booked) -> bool:
    if visit.booked_at is None or own.booked_at is None:
        return False
    return visit.booked_at > own.booked_at
