"""How long a signed-in person counts as here: an idle limit and an absolute one, kept by us."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase

# trust figures for staff of a clinic (NIST SP 800-63B, AAL2: at most 1 h and 24 h).
IDLE = timedelta(hours=1)
LONGEST = timedelta(hours=12)
IDLE_FROM = "idle_from"
ENDS = "ends"
# Written at most this often: a page that is used does not write at every step.
GRAIN = timedelta(minutes=1)


def is_over(session: "SessionBase", *, now: datetime) -> bool:
    """Tell whether this session has been idle for an hour or open for twelve."""
    idle_from, ends = session.get(IDLE_FROM), session.get(ENDS)
    return any(limit is not None and now.timestamp() >= limit for limit in (idle_from, ends))


def was_here(session: "SessionBase", *, now: datetime, speed: float = 1.0) -> None:
    """Note that the person did something; a page that asks by itself never comes through here.

    `speed` is that of the product's clock: an hour of a demo's day must not end in six minutes.
    """
    real = max(speed, 1.0)
    if ENDS not in session:
        session[ENDS] = (now + LONGEST * real).timestamp()
    idle_from = (now + IDLE * real).timestamp()
    if idle_from - session.get(IDLE_FROM, 0) >= GRAIN.total_seconds() * real:
        session[IDLE_FROM] = idle_from
