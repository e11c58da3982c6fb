"""The home check: sixteen hazards by room, each with its fix; and whether a chair fits a door.

Our own words on a list derived from US federal advice on falls at home (CDC, Check for Safety); no
official translation.
"""

from dataclasses import dataclass
from enum import StrEnum

from alongside.rules.measures.answers import BadAnswers, Item, given, is_missing, number
from alongside.rules.measures.score import (
    Asked,
    Better,
    Licence,
    Measure,
    Score,
    answers_of,
)
from alongside.rules.measures.sums import Changed

ROOMS = {"stairs": 6, "floors": 4, "kitchen": 2, "bathroom": 2, "bedroom": 2}
ITEMS = tuple(
    Item(name=f"{room}-{place}", low=0, high=1)
    for room, count in ROOMS.items()
    for place in range(1, count + 1)
)
YES = frozenset({"yes", "oui", "true", "y", "1"})
NO = frozenset({"no", "non", "false", "n", "0"})


def score(asked: Asked) -> Score:
    """How many hazards were found, 0 to 16, lower is better; what was not looked at is counted."""
    found: dict[str, bool | None] = {}
    for name, answer in given(ITEMS, answers_of(asked)):
        if name in found:
            raise BadAnswers("twice", f"Item {name} is answered twice.", item=name)
        found[name] = _yes(answer, name)
    looked = {name: hazard for name, hazard in found.items() if hazard is not None}
    value = sum(looked.values()) if looked else None
    parts: dict[str, float | int | str | None] = {
        room: sum(hazard for name, hazard in looked.items() if name.startswith(f"{room}-"))
        for room in ROOMS
        if any(name.startswith(f"{room}-") for name in looked)
    }
    return Score(
        value=value,
        shown=value,
        answered=len(looked),
        of=len(ITEMS),
        parts=parts,
        notes=("some_not_looked_at",) if len(looked) < len(ITEMS) else (),
        why_none="" if looked else "nothing_answered",
    )


def _yes(answer: object, name: str) -> bool | None:
    if isinstance(answer, bool):
        return answer
    if is_missing(answer):
        return None
    said = str(answer).strip().lower()
    if said in YES:
        return True
    if said in NO:
        return False
    raise BadAnswers("not_an_option", f"Item {name}: {answer!r} is neither yes nor no.", item=name)


class Fits(StrEnum):
    """What a door is for this person: the space left over decides."""

    YES = "fits"
    TIGHT = "tight"
    BLOCKED = "blocked"


ALLOWANCE = {
    "attendant": 50.0, "power": 50.0, "self_propelled": 100.0, "turning": 150.0, "walker": 50.0,
}  # fmt: skip
"""Millimetres beside the device, by how it goes through; a clinician may set others."""
TIGHT = 25.0
NARROW_CORRIDOR = 1200.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorFit:
    """What a door needs to be, how it measures against that (mm), and the verdict."""

    needs: float
    left: float
    fits: Fits


def door_fit(
    *,
    device: float,
    door: float,
    goes: str,
    corridor: float | None = None,
    allowance: float | None = None,
) -> DoorFit:
    """Whether a device of this width goes through a door of this clear width, all in millimetres.

    `goes`: attendant, power, self_propelled or walker; it turns from a corridor under 1200 mm.
    Raises BadAnswers for a width that is no length, or an unknown way.
    """
    for name, width in (("device", device), ("door", door)):
        if number(width, item=name) <= 0:
            raise BadAnswers("out_of_range", f"{name}: {width!r} is no width.", item=name)
    if goes not in ALLOWANCE:
        raise BadAnswers("not_an_option", f"{goes!r} is not one of {', '.join(ALLOWANCE)}.")
    turns = corridor is not None and corridor < NARROW_CORRIDOR and goes != "walker"
    needs = device + (
        allowance if allowance is not None else ALLOWANCE["turning" if turns else goes]
    )
    left = door - needs
    fits = Fits.YES if left >= 0 else (Fits.TIGHT if left >= -TIGHT else Fits.BLOCKED)
    return DoorFit(needs=needs, left=left, fits=fits)


HOME_CHECK = Measure(
    name="home-check",
    also=("home", "check-for-safety"),
    title="Home check",
    licence=Licence.EMBED,
    low=0,
    high=len(ITEMS),
    better=Better.LOWER,
    score=score,
    change=Changed(score=score, better=Better.LOWER),
    formula="number of hazards found",
    missing="What was not looked at is counted as such, and is no hazard.",
    changes="Each hazard is mended by itself; no figure for change.",
    source="derived from CDC, Check for Safety (US federal text)",
    attribution="Our own words.",
    items=ITEMS,
    takes='"answers": {"stairs-1": true, ...} or a list of sixteen',
)
