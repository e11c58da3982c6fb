"""Who of us may see a part of what is hard for somebody: the limit of a role, then their own word.

Whoever treats people sees all four parts, unless the client chose who of them may see one. The
front desk sees nothing, unless the client lets it, and never of body or mind. Nothing here widens
a limit: the client's word only chooses within it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from alongside.rules.needs import Area

EVERY = frozenset(Area)
AT_THE_DESK = frozenset({Area.ACTIVITIES, Area.SURROUNDINGS})
# The furthest that a role can see. Who looks in for the network reads as a manager does.
LIMITS: Mapping[str, frozenset[Area]] = {
    "therapist": EVERY,
    "manager": EVERY,
    "network": EVERY,
    "desk": AT_THE_DESK,
}


class Whom(StrEnum):
    """Whom of us a client lets see one part."""

    CARE = "care"
    NAMED = "named"
    FRONT = "front"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What a client said about one part; `named` counts for `Whom.NAMED` alone."""

    whom: Whom = Whom.CARE
    named: frozenset[UUID] = frozenset()


UNSAID = Word()


def sees(area: Area, *, role: str, person: UUID | None, word: Word = UNSAID) -> bool:
    """Whether somebody in this role may see this part; `person` is their own key."""
    if area not in LIMITS.get(role, frozenset()):
        return False
    if word.whom is Whom.NAMED:
        return person is not None and person in word.named
    return role != "desk" or word.whom is Whom.FRONT


def seen(words: Mapping[Area, Word], *, role: str, person: UUID | None) -> frozenset[Area]:
    """The parts that somebody in this role may see."""
    return frozenset(
        area for area in Area if sees(area, role=role, person=person, word=words.get(area, UNSAID))
    )
