"""Keep a change of a goal with why, by whom, and the client's agreement, beside what it changed."""

from dataclasses import dataclass
from datetime import datetime

from alongside.goals.actions._note import is_the_client
from alongside.goals.models import LONGEST, Change, Goal, Step, What
from alongside.people.actors import Actor


class NoReason(Exception):
    """Staff say why they change something of a client's plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why, and whether the client said yes to it when it was made."""

    why: str = ""
    agreed: bool = False


UNSAID = Reason()


def keep(
    goal: Goal,
    what: What,
    reason: Reason,
    *,
    was: str = "",
    becomes: str = "",
    step: Step | None = None,
    by: Actor,
    now: datetime,
) -> Change:
    """Add the row; what a client does has their agreement, what staff do asks for it."""
    own = is_the_client(by)
    why = reason.why.strip()
    if not own and not why:
        raise NoReason
    agreed = own or reason.agreed
    kept: Change = Change.objects.create(
        goal=goal,
        what=what,
        was=was,
        now=becomes,
        why=why[:LONGEST],
        step=step,
        at=now,
        by=by.label,
        by_client=own,
        agreed_at=now if agreed else None,
        answered_by=by.label if agreed else "",
    )
    return kept
