"""What happens to goals, told to whoever listens."""

from dataclasses import dataclass
from uuid import UUID

from alongside.parts.moments import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalAgreed(Moment):
    """A client agreed to a goal: from now on we work on it."""

    client: UUID
    goal: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalReached(Moment):
    """A client said that they reached a goal."""

    client: UUID
    goal: UUID
