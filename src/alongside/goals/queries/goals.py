"""A client's goals with what belongs to them, in a fixed number of questions."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch

from alongside.goals.models import Achievement, Goal, Ladder, Rating, Step, Wording
from alongside.rules.goals import Progress, Rated, progress, step_since


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A goal with its ratings in order of time, its steps, and what they say."""

    goal: Goal
    ratings: tuple[Rating, ...]
    steps: tuple[Step, ...]
    progress: Progress | None

    @property
    def rated(self) -> tuple[Rated, ...]:
        """The ratings as the rules know them."""
        return rated_of(self.ratings)

    @property
    def last(self) -> Rating | None:
        """The newest rating."""
        return self.ratings[-1] if self.ratings else None

    @property
    def next_step(self) -> Step | None:
        """The most important step that is not done; the first one written among equals."""
        to_do = [step for step in self.steps if step.done_at is None]
        return max(to_do, key=lambda step: step.important or 0) if to_do else None

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(step.done_at is not None for step in self.steps)


def goals_of(client: UUID) -> list[Told]:
    """All of a client's goals, the newest first: three questions, however many there are."""
    rows = Goal.objects.of(client).select_related("client").prefetch_related(
        Prefetch("ratings", queryset=Rating.objects.order_by("at", "id")),
        Prefetch("steps", queryset=Step.objects.filter(dropped_at=None)),
    )  # fmt: skip
    return [told_of(goal) for goal in rows]


def written_by(client: UUID) -> list[Goal]:
    """A client's goals without what belongs to them."""
    return list(Goal.objects.of(client))


def told_of(goal: Goal) -> Told:
    """One goal with what belongs to it."""
    ratings = tuple(goal.ratings.all())
    return Told(
        goal=goal,
        ratings=ratings,
        steps=tuple(step for step in goal.steps.all() if step.dropped_at is None),
        progress=progress(rated_of(ratings)),
    )


def rated_of(ratings: tuple[Rating, ...]) -> tuple[Rated, ...]:
    """Ratings as plain values."""
    return tuple(Rated(at=one.at, going=one.going, happy=one.happy) for one in ratings)


def goal_of(key: UUID, client: UUID) -> Goal | None:
    """One goal of this client, and of nobody else."""
    found: Goal | None = (
        Goal.objects.filter(pk=key, client=client)
        .select_related("client", "came_from", "clinic")
        .prefetch_related("ratings", "steps")
        .first()
    )
    return found


def step_of(key: UUID, goal: Goal) -> Step | None:
    """One step of this goal."""
    found: Step | None = goal.steps.filter(pk=key).first()
    return found


def achievements_of(client: UUID) -> list[Achievement]:
    """What this client did, the newest first."""
    return list(Achievement.objects.filter(client=client).select_related("goal"))


def wording_of(goal: Goal) -> Wording | None:
    """How staff put it now."""
    found: Wording | None = goal.wordings.select_related("by").last()
    return found


def ladder_of(goal: Goal) -> Ladder | None:
    """The goal's ladder, if it has one."""
    found: Ladder | None = (
        Ladder.objects.filter(goal=goal).select_related("set_by").prefetch_related("levels").first()
    )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class ToName:
    """What should be said to a client when they are met next."""

    rises: tuple[tuple[Goal, float, float], ...]
    reached: tuple[Goal, ...]

    def __bool__(self) -> bool:
        return bool(self.rises or self.reached)


def to_name(told: list[Told]) -> ToName:
    """What nobody has said to them yet: told, risen or reached since it was last spoken of."""
    if not told:
        return ToName(rises=(), reached=())
    rises = []
    for one in told:
        step = step_since(one.rated, since=one.goal.spoken_at) if one.goal.is_active else None
        if step is not None:
            rises.append((one.goal, *step))
    return ToName(
        rises=tuple(rises),
        reached=tuple(one.goal for one in told if _is_news(one.goal)),
    )


def unnamed_of(client: UUID) -> list[Achievement]:
    """What this client told and nobody has named to them yet, the oldest first."""
    return list(Achievement.objects.filter(client=client, named_at=None).order_by("told_at"))


def _is_news(goal: Goal) -> bool:
    spoken = goal.spoken_at
    return goal.reached_at is not None and (spoken is None or goal.reached_at > spoken)
