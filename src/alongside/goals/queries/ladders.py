"""The T-score over a client's ladders: for staff, with how many goals are rated."""

from uuid import UUID

from alongside.goals.models import Ladder
from alongside.rules.measures import gas
from alongside.rules.measures.score import Change, Score


def request_of(client: UUID) -> dict[str, object]:
    """A client's ladders as a request to the rule: their last level, baseline and weight."""
    ladders = (
        Ladder.objects.filter(goal__client=client, goal__agreed_at__isnull=False)
        .select_related("goal")
        .prefetch_related("levels")
        .order_by("goal__written_at", "goal_id")
    )
    goals = []
    for ladder in ladders:
        levels = list(ladder.levels.all())
        goals.append(
            {
                "id": str(ladder.goal_id),
                "level": float(levels[-1].level) if levels else None,
                "baseline": ladder.baseline,
                "importance": ladder.important,
                "difficulty": ladder.difficult,
                "set_aside": ladder.goal.aside_at is not None,
            }
        )
    return {"goals": goals}


def t_of(client: UUID) -> tuple[Score, Change | None] | None:
    """The score over all ladders and its change from their baselines; None without a ladder."""
    asked = request_of(client)
    if not asked["goals"]:
        return None
    return gas.score(asked), gas.own_change(asked)
