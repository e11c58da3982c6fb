"""How long a signed-in person counts as here: an idle limit and an absolute one, kept by us.

The figures for each role stand in `rules/door/staying.py`; a clinic may shorten them.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings

from alongside.rules.door.second import needs_second
from alongside.rules.door.staying import Stay, stay_of

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase

    from alongside.clinics.models import Clinic

IDLE_FROM = "idle_from"
ENDS = "ends"
BEGAN = "began"
SEEN = "seen"
# A locked screen: since when, whether its person could open it, and when it locks itself.
LOCKED, LOCKS, LOCKS_FROM = "locked", "locks", "locks_from"
# What goes along when somebody goes on in another of their clinics.
# How somebody showed the second thing, and when they last did.
STRONG = "strong"
FRESH = "fresh"
CARRIED = (BEGAN, STRONG, FRESH)
# What one's own keys may be changed with.
FRESH_FOR = timedelta(minutes=10)
CODE, RECOVERY, PASSKEY, DEMO = "code", "recovery", "passkey", "demo"
SHOWN = frozenset({CODE, RECOVERY, PASSKEY})
# Written at most this often: a page that is used does not write at every step.
GRAIN = timedelta(minutes=1)


def stay_in(clinic: "Clinic", role: str) -> Stay:
    """Give how long somebody with this role stays in, in this clinic."""
    return stay_of(role, idle=clinic.stay_idle, longest=clinic.stay_longest)


def is_over(session: "SessionBase | Mapping[str, Any]", *, now: datetime) -> bool:
    """Tell whether this session has been idle, or open, for too long."""
    idle_from, ends = session.get(IDLE_FROM), session.get(ENDS)
    return any(limit is not None and now.timestamp() >= limit for limit in (idle_from, ends))


def is_locked(session: "SessionBase | Mapping[str, Any]", *, now: datetime) -> bool:
    """Tell whether this screen is locked: by hand, or as nobody touched it for some minutes."""
    if session.get(LOCKED):
        return True
    by_itself = session.get(LOCKS_FROM)
    return bool(session.get(LOCKS)) and by_itself is not None and now.timestamp() >= by_itself


def may_work_as(session: "SessionBase", role: str) -> bool:
    """Tell whether what was shown in this session is enough for a role.

    Asked at every request: a session that had enough for one role has not for another. A seat in
    the demo counts only while this is a demo.
    """
    shown = session.get(STRONG)
    if shown == DEMO:
        return bool(settings.DEMO)
    return bool(shown in SHOWN) or not needs_second(role)


def is_fresh(session: "SessionBase", *, now: datetime) -> bool:
    """Tell whether somebody has just shown that they are still the one who signed in."""
    since = now.timestamp() - session.get(FRESH, 0)
    return bool(0 <= since < FRESH_FOR.total_seconds())


def was_here(
    session: "SessionBase",
    *,
    now: datetime,
    stay: Stay,
    lock_after: timedelta | None = None,
    speed: float = 1.0,
) -> None:
    """Note that the person did something; a page that asks by itself never comes through here.

    `speed` is that of the product's clock: an hour of a demo's day must not end in six minutes.
    """
    real = max(speed, 1.0)
    if BEGAN not in session:
        session[BEGAN] = now.timestamp()
    # Worked out anew: where a clinic shortens the day, it ends sooner for who is in already.
    ends = session[BEGAN] + (stay.longest * real).total_seconds()
    if session.get(ENDS) != ends:
        session[ENDS] = ends
    idle_from = (now + stay.idle * real).timestamp()
    if abs(idle_from - session.get(IDLE_FROM, 0)) >= GRAIN.total_seconds() * real:
        session[IDLE_FROM] = idle_from
        session[SEEN] = now.timestamp()
    if session.get(LOCKS):
        locks_from = (now + lock_after * real).timestamp() if lock_after else None
        known = session.get(LOCKS_FROM)
        # A tenth of the time is near enough: a screen that is used does not write at every step.
        if (
            locks_from is None
            or known is None
            or abs(locks_from - known) >= _near(lock_after, real)
        ):
            session[LOCKS_FROM] = locks_from


def _near(length: timedelta | None, real: float) -> float:
    return (length or GRAIN).total_seconds() * real / 10
