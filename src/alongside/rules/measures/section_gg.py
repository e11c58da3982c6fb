"""Section GG of the CMS assessments: self-care and mobility, usual performance, six to one.

The codes: 06 independent, 05 set-up or clean-up, 04 supervision or touching, 03 partial or
moderate, 02 substantial or maximal help, 01 dependent. Not attempted: 07 refused, 09 not
applicable, 10 surroundings, 88 medical or safety. "-" or nothing: not assessed. As in the older CMS
change scores all of these count as 1 in the sum; how many there were always stands beside it. The
newer Discharge Function Score imputes by a model and is not imitated; nothing is adjusted for risk.
"""

from collections.abc import Mapping

from alongside.rules.measures.answers import BadAnswers, Item, given, is_missing
from alongside.rules.measures.score import (
    Asked,
    Better,
    Licence,
    Measure,
    Score,
    answers_of,
)
from alongside.rules.measures.sums import Changed

DONE = {"01": 1, "02": 2, "03": 3, "04": 4, "05": 5, "06": 6}
NOT_ATTEMPTED = frozenset({"07", "09", "10", "88"})
RECODED = 1
SELF_CARE = ("A", "B", "C", "E", "F", "G", "H")
MOBILITY = ("A", "B", "C", "D", "E", "F", "G", "I", "J", "K", "L", "M", "N", "O", "P")
WHEELED = ("R", "S")
"""Wheelchair 50 feet with two turns, and 150 feet: kept beside the sum, never in it."""


def code_of(answer: object, *, item: str) -> str:
    """An answer as its two-digit code, "" where not assessed; raises BadAnswers otherwise."""
    if is_missing(answer):
        return ""
    if isinstance(answer, bool) or not isinstance(answer, int | float | str):
        raise BadAnswers("not_an_option", f"Item {item}: {answer!r} is no code.", item=item)
    said = str(answer).strip()
    said = said[:-2] if said.endswith(".0") else said
    code = said.zfill(2)
    if code not in DONE and code not in NOT_ATTEMPTED:
        raise BadAnswers(
            "not_an_option",
            f"Item {item}: {answer!r} is none of 01 to 06, 07, 09, 10, 88 or -.",
            item=item,
        )
    return code


class Section:
    """One section: the sum over its items, with what was not attempted."""

    def __init__(self, name: str, letters: tuple[str, ...], beside: tuple[str, ...] = ()) -> None:
        self.letters = letters
        self.beside = beside
        self.items = tuple(
            Item(name=letter, low=1, high=6, also=(f"{name}{letter}", f"{name}{letter}1"))
            for letter in (*letters, *beside)
        )

    def codes(self, asked: Asked) -> Mapping[str, str]:
        """Every item's raw code, "" where it was not assessed."""
        answers = answers_of(asked)
        if isinstance(answers, list | tuple) and len(answers) > len(self.items):
            raise BadAnswers("too_many", f"{len(answers)} answers for {len(self.items)} items.")
        found: dict[str, str] = {}
        for name, answer in given(self.items, answers):
            if name in found:
                raise BadAnswers("twice", f"Item {name} is answered twice.", item=name)
            found[name] = code_of(answer, item=name)
        return {item.name: found.get(item.name, "") for item in self.items}

    def __call__(self, asked: Asked) -> Score:
        codes = self.codes(asked)
        summed = {letter: codes[letter] for letter in self.letters}
        done = sum(code in DONE for code in summed.values())
        assessed = sum(code != "" for code in summed.values())
        if not assessed:
            return Score(
                value=None, shown=None, answered=0, of=len(summed), why_none="nothing_answered"
            )
        value = sum(DONE.get(code, RECODED) for code in summed.values())
        parts: dict[str, float | int | str | None] = {
            "raw_sum": value,
            "n_not_attempted": len(summed) - done,
            "n_not_assessed": len(summed) - assessed,
        }
        parts |= {f"code_{letter}": codes[letter] for letter in self.beside if codes[letter]}
        return Score(
            value=value,
            shown=value,
            answered=done,
            of=len(summed),
            parts=parts,
            notes=("some_not_attempted",) if done < len(summed) else (),
        )


def _measure(name: str, title: str, section: Section, also: tuple[str, ...]) -> Measure:
    least, most = len(section.letters), 6 * len(section.letters)
    return Measure(
        name=name,
        also=also,
        title=title,
        licence=Licence.EMBED,
        low=least,
        high=most,
        better=Better.HIGHER,
        score=section,
        change=Changed(score=section, better=Better.HIGHER),
        formula=f"sum of {least} items, 01 to 06; not attempted or not assessed counts as 1",
        missing="07, 09, 10, 88, - and blank count as 1; n_not_attempted says how many did.",
        changes="No agreed figure is used.",
        source="CMS Section GG (public domain)",
        attribution="US Centers for Medicare & Medicaid Services",
        items=section.items,
        unattended=False,
        takes='"answers": {"A": "06", ...} or a list in the order of the items',
    )


GG_SELF_CARE = _measure(
    "gg-self-care",
    "Section GG: self-care",
    Section("GG0130", SELF_CARE),
    ("gg0130", "section-gg-self-care", "gg-selfcare"),
)
GG_MOBILITY = _measure(
    "gg-mobility",
    "Section GG: mobility",
    Section("GG0170", MOBILITY, WHEELED),
    ("gg0170", "section-gg-mobility"),
)
