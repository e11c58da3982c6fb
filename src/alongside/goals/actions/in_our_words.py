"""What staff put beside a client's goal: their own wording, and the ladder with its levels."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from alongside.goals.actions._change import UNSAID, Reason, keep
from alongside.goals.actions._note import note
from alongside.goals.actions.write import NoWords
from alongside.goals.models import Goal, Ladder, Level, What, Wording
from alongside.people.actors import Actor
from alongside.people.models import Staff


class ChangedMeanwhile(Exception):
    """Somebody else changed the ladder; theirs is kept, and both are shown."""

    def __init__(self, theirs: Ladder) -> None:
        super().__init__()
        self.theirs = theirs


@transaction.atomic
def put_in_our_words(
    goal: Goal, *, words: str, reason: Reason = UNSAID, staff: Staff, by: Actor, now: datetime
) -> Wording:
    """Write how we put it; the client's own words stay first, always."""
    if not words.strip():
        raise NoWords
    last = Wording.objects.filter(goal=goal).last()
    was = last.words if last else ""
    keep(goal, What.OUR_WORDS, reason, was=was, becomes=words, by=by, now=now)
    wording: Wording = Wording.objects.create(goal=goal, words=words, at=now, by=staff)
    note("goals.put_in_our_words", goal, by=by, now=now)
    return wording


@transaction.atomic
def set_ladder(
    goal: Goal,
    values: dict[str, object],
    *,
    version: int,
    reason: Reason = UNSAID,
    staff: Staff,
    by: Actor,
    now: datetime,
) -> Ladder:
    """Say what each of the five levels would be; two who do so at once both see both."""
    known = Ladder.objects.select_for_update().filter(goal=goal).first()
    was = known.in_words() if known else ""
    if known is None:
        ladder: Ladder = Ladder.objects.create(goal=goal, set_at=now, set_by=staff, **values)
    else:
        changed = {**values, "set_at": now, "set_by": staff, "version": F("version") + 1}
        if not Ladder.objects.filter(pk=known.pk, version=version).update(**changed):
            raise ChangedMeanwhile(known)
        ladder = Ladder.objects.get(pk=known.pk)
    becomes = ladder.in_words()
    keep(goal, What.LADDER, reason, was=was, becomes=becomes, by=by, now=now)
    note("goals.set_ladder", goal, by=by, now=now)
    return ladder


@transaction.atomic
def say_level(ladder: Ladder, level: float, *, staff: Staff, by: Actor, now: datetime) -> Level:
    """Say which level was reached today."""
    at: Level = Level.objects.create(ladder=ladder, at=now, level=Decimal(str(level)), by=staff)
    note("goals.say_level", ladder.goal, by=by, now=now)
    return at
