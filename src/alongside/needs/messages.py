"""Every sentence about needs: what is hard and how hard, what a service covers, and why."""

from collections.abc import Collection, Iterable, Sequence

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alongside.rules.needs import NEEDS, Area, chapter, words_for
from alongside.rules.needs import area as area_of
from alongside.ui.words import quoted

CHAPTERS: dict[str, Promise] = {
    "d5": _("Washing, dressing, eating"),
    "d4": _("Moving around, using my hands"),
    "d6": _("Home, shopping, cooking"),
    "d7": _("People around me"),
    "d8": _("School, work, money"),
    "d9": _("Free time and what gives meaning"),
    "d3": _("Talking and understanding"),
    "d1": _("Learning, reading, deciding"),
    "d2": _("Getting through the day"),
    "b1": _("Mind, sleep and mood"),
    "b2": _("Senses and pain"),
    "b4": _("Staying power"),
    "b7": _("Strength and movement"),
    "e1": _("Things and places"),
    "e2": _("Light and noise"),
    "e3": _("Who stands by me"),
    "e4": _("How others look at it"),
    "e5": _("Help from offices and services"),
}  # The four parts, each of which has its own readers.
SHARED: dict[Area, Promise] = {
    Area.ACTIVITIES: _("what they do in their days"),
    Area.BODY: _("body and senses"),
    Area.MIND: _("mind, sleep and mood"),
    Area.SURROUNDINGS: _("what is around them"),
}

HARD: dict[int, Promise] = {
    0: _("Not hard"),
    1: _("A little hard"),
    2: _("Hard"),
    3: _("Very hard"),
    4: _("I cannot do it"),
}
PROBLEM: dict[int, Promise] = {
    0: _("No problem"),
    1: _("A small problem"),
    2: _("A problem"),
    3: _("A big problem"),
    4: _("As bad as can be"),
}
IN_THE_WAY: dict[int, Promise] = {
    0: _("Not in my way"),
    1: _("A little in my way"),
    2: _("In my way"),
    3: _("Very much in my way"),
    4: _("It stops me"),
}
OUTSIDE: dict[int, Promise] = {8: _("I do not know"), 9: _("Not part of my life")}
HELPS = _("It helps me")
AREAS: dict[Area, Promise] = {
    Area.ACTIVITIES: _("activity"),
    Area.BODY: _("body"),
    Area.MIND: _("mind"),
    Area.SURROUNDINGS: _("surroundings"),
}


def scale(code: str) -> dict[int, Promise]:
    """The words for how hard it is, which depend on what it is: body, activity, surroundings."""
    return {"b": PROBLEM, "s": PROBLEM, "e": IN_THE_WAY}.get(code[:1], HARD)


def how(code: str, performance: int, *, helps: bool = False) -> str:
    """How hard something is, in words."""
    if helps:
        return str(HELPS)
    return str((scale(code) | OUTSIDE).get(performance, performance))


def need(code: str) -> str:
    """What we call a need."""
    return words_for(code, get_language() or "en")


def area(code: str) -> str:
    """Whether it is of the body, the mind, what one does, or what is around."""
    return str(AREAS[area_of(code)])


def kept_apart(areas: Collection[Area]) -> str:
    """For who treats somebody: the parts that the client keeps for those whom they chose."""
    kept = [str(SHARED[area]) for area in Area if area not in areas]
    if not kept:
        return ""
    return _("Kept for those whom they chose: %(parts)s.") % {"parts": listed(kept)}


def listed(words: Sequence[str]) -> str:
    """Words as one reads them: "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def title(code: str) -> str:
    """What we call a chapter."""
    return str(CHAPTERS.get(code, code))


def chapters(areas: Collection[Area]) -> list[str]:
    """The chapters of these parts, in the order in which we ask."""
    return [code for code in CHAPTERS if area_of(code) in areas]


def in_chapter(code: str) -> list[str]:
    """The codes that we ask about in a chapter."""
    return [one.code for one in NEEDS if chapter(one.code) == code]


def tag(code: str) -> str:
    """What a service says that it covers: a whole chapter, or one need."""
    return title(code) if code in CHAPTERS else need(code)


def joined(codes: Iterable[str]) -> str:
    """Needs as one reads them: "a", "a and b", "a, b and c"."""
    return listed([_apart_from_others(tag(code)) for code in codes])


def _apart_from_others(words: str) -> str:
    """What has a comma or a colon of its own is set in quotation marks, to be read as one."""
    return quoted(words) if set(words) & set(",:") else words


def reason(codes: Iterable[str]) -> str:
    """Why a service is offered: by what it covers, and nothing else."""
    return _("It helps with: %(needs)s.") % {"needs": joined(codes)}


def apart(steps: int) -> str:
    """That those who look at a need see it differently; "" where they agree."""
    if steps == 0:
        return ""
    return str(_("seen differently") if steps > 1 else _("seen a little differently"))
