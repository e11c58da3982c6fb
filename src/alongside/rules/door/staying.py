"""How long somebody who signed in stays in: without a touch, and at most.

NIST SP 800-63B (AAL2) allows an hour without a touch and a day in all; we stay within a working
day. A front desk stands where people pass and is used all the time; a therapist leaves a laptop in
a room with somebody; a manager can change everything.
"""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """Until when a session lasts: `idle` after the last touch, `longest` after it began."""

    idle: timedelta
    longest: timedelta


WORKING_DAY = timedelta(hours=12)
STAYS = {
    "desk": Stay(idle=timedelta(minutes=60), longest=WORKING_DAY),
    "therapist": Stay(idle=timedelta(minutes=30), longest=WORKING_DAY),
    "manager": Stay(idle=timedelta(minutes=30), longest=WORKING_DAY),
    # Often read on a shared or borrowed telephone.
    "client": Stay(idle=timedelta(minutes=30), longest=WORKING_DAY),
    "trainer": Stay(idle=timedelta(minutes=60), longest=WORKING_DAY),
    "network": Stay(idle=timedelta(minutes=30), longest=WORKING_DAY),
}
SHORTEST = Stay(
    idle=min(one.idle for one in STAYS.values()), longest=min(s.longest for s in STAYS.values())
)


def stay_of(role: str, *, idle: timedelta | None = None, longest: timedelta | None = None) -> Stay:
    """Give how long a role stays in. What a clinic chose shortens it, and never lengthens it; a
    role that nobody thought of gets the shortest there is."""
    ours = STAYS.get(role, SHORTEST)
    return Stay(
        idle=min(idle or ours.idle, ours.idle), longest=min(longest or ours.longest, ours.longest)
    )
