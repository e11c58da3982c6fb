"""Who should be called: nobody is lost because nobody looked.

Somebody comes up by what did not happen: a visit that did not take place with nothing booked after
it, three weeks of silence while goals are worked on, a goal that has stood still. A call that was
made settles what came before it; a silence or a standstill that goes on comes up again.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

SILENT_AFTER = timedelta(days=21)
"""Three weeks without a visit, and none booked."""

MISSED_WITHIN = timedelta(days=90)
"""A visit that did not take place longer ago is no reason of its own any more."""


class Why(StrEnum):
    """What did not happen."""

    MISSED = "missed"
    CALLED_OFF = "called_off"
    SILENT = "silent"
    STALLED = "stalled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is known of one client; None where it never was.

    `goals_since`: since when they work on a goal. `stalled_since`: when a goal last moved that has
    not moved for too long since (`rules.goals.is_stalled`, which takes the last call as speaking).
    """

    here_on: date | None = None
    next_on: date | None = None
    missed_on: date | None = None
    called_off_on: date | None = None
    goals_since: date | None = None
    stalled_since: date | None = None
    called_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why somebody should be called, and since when."""

    why: Why
    since: date


def reasons(known: Situation, *, today: date) -> tuple[Reason, ...]:
    """Why this client should be called today, the longest first; empty where all is well."""
    found: list[Reason] = []
    if known.next_on is None:
        for why, day in ((Why.MISSED, known.missed_on), (Why.CALLED_OFF, known.called_off_on)):
            if day is not None and _is_open(day, known, today=today):
                found.append(Reason(why=why, since=day))
        since = _last(known.here_on, known.called_on) or known.goals_since
        if known.goals_since is not None and since and today - since > SILENT_AFTER:
            found.append(Reason(why=Why.SILENT, since=known.here_on or known.goals_since))
    if known.stalled_since is not None:
        found.append(Reason(why=Why.STALLED, since=known.stalled_since))
    return tuple(sorted(found, key=lambda one: (one.since, one.why)))


def _is_open(day: date, known: Situation, *, today: date) -> bool:
    """Whether nothing has come after a visit that did not take place: no visit and no call."""
    if today - day > MISSED_WITHIN:
        return False
    if known.here_on is not None and known.here_on >= day:
        return False
    return known.called_on is None or known.called_on < day


def _last(*days: date | None) -> date | None:
    return max((day for day in days if day is not None), default=None)
