"""What the demo's day has in store for each visit, from published figures.

First visits about 60 minutes, later ones 45 with a standard deviation of 8; one in ten does not
come; people arrive some minutes early, a few late. The same seed gives the same day.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

MISSED = 0.10
MINUTE = timedelta(minutes=1)
CHANNELS = ("phone", "desk", "door", "kiosk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """When somebody comes (None: never), how, and how long they stay with the therapist."""

    arrives_at: datetime | None
    channel: str
    length: timedelta
    mood: int | None


def fate_of(visit: UUID, *, booked_at: datetime, planned: timedelta, name: str, day: str) -> Fate:
    """Draw a visit's fate; some are written into the story of the morning."""
    rng = Random(f"{day}:{name}:{booked_at:%H%M}")
    told = STORY.get((day, name))
    early = rng.gauss(9, 6) if rng.random() < 0.85 else -rng.expovariate(1 / 9)
    length = max(rng.gauss(planned / MINUTE, 8), planned / MINUTE * 0.5) * MINUTE
    arrives = None if rng.random() < MISSED else booked_at - early * MINUTE
    channel = rng.choice(CHANNELS)
    mood = rng.choice([None, None, 1, 2, 3, 3, 4])
    if told is not None:
        arrives = booked_at + told[0] * MINUTE if told[0] is not None else None
        length, channel = told[1] * MINUTE, told[2]
    return Fate(arrives_at=arrives, channel=channel, length=length, mood=mood)


# Minutes from the booked time to the arrival (None: does not come), length, channel.
STORY: dict[tuple[str, str], tuple[float | None, float, str]] = {
    ("today", "Olli"): (-6, 47, "desk"),
    ("today", "Sanna"): (-4, 50, "kiosk"),
    ("today", "Pekka"): (-8, 54, "desk"),
    ("today", "Aino"): (-23, 45, "phone"),
    ("today", "Marc"): (-5, 38, "desk"),
    ("today", "Chloé"): (-20, 62, "phone"),
    ("today", "Fatou"): (None, 45, "desk"),
    ("today", "Ruth"): (12, 45, "phone"),
    ("today", "Amara"): (-14, 45, "phone"),
    ("today", "Zoé"): (-3, 41, "door"),
}
