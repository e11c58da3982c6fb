"""How goals were changed, what waits for the client's word, and what they said no to."""

from uuid import UUID

from alongside.goals.models import Change, Goal, What


def changes_of(goal: Goal) -> list[Change]:
    """Every change of one goal, the newest first."""
    return list(Change.objects.filter(goal=goal).order_by("-at", "-id"))


def every_change_of(client: UUID) -> list[Change]:
    """Every change of any of a client's goals, the newest first."""
    return list(Change.objects.of(client))


def waiting_of(client: UUID) -> list[Change]:
    """What we changed of goals that are worked on, and they have not said yes or no to."""
    return list(Change.objects.of(client).waiting().filter(**WORKED_ON))


def change_of(key: UUID, goal: Goal) -> Change | None:
    """One change of this goal."""
    found: Change | None = Change.objects.filter(pk=key, goal=goal).select_related("goal").first()
    return found


def refused_of(client: UUID) -> list[Change]:
    """What they said no to, until it is changed once more: to be talked about. Two questions.

    A step that they do not want is dropped by their no, and settled.
    """
    rows = Change.objects.of(client).filter(**WORKED_ON)
    newest: set[tuple[UUID, str]] = set()
    found = []
    for one in rows.exclude(what__in=[What.STEP, What.NO_STEP]):
        is_newest = (one.goal_id, one.what) not in newest
        newest.add((one.goal_id, one.what))
        if is_newest and one.declined_at is not None:
            found.append(one)
    return found


WORKED_ON = {"goal__reached_at": None, "goal__aside_at": None}
