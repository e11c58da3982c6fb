"""What a client wants to do, in their own words; how it goes; what they have reached."""

from alongside.goals.models.beside import Ladder, Level, Wording
from alongside.goals.models.changes import Change, What
from alongside.goals.models.goal import (
    LONGEST,
    TO_TEN,
    Achievement,
    Goal,
    Meaning,
    Rating,
    Reach,
    Step,
)

__all__ = [
    "LONGEST",
    "TO_TEN",
    "Achievement",
    "Change",
    "Goal",
    "Ladder",
    "Level",
    "Meaning",
    "Rating",
    "Reach",
    "Step",
    "What",
    "Wording",
]
