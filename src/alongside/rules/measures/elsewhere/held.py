"""What instruments have in common whose text is not ours to ship: totals, means, named figures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from alongside.rules.measures.answers import BadAnswers, Item, is_missing, read
from alongside.rules.measures.score import (
    Asked,
    Better,
    Change,
    Licence,
    Measure,
    Score,
    answers_of,
)
from alongside.rules.measures.sums import Changed, band_of


def measure(
    name: str,
    title: str,
    score: Callable[[Asked], Score],
    better: Better,
    *,
    low: float | None,
    high: float | None,
    rights: str,
    formula: str,
    missing: str = "Nothing may be missing.",
    changes: str = "No figure for change is used.",
    change: Callable[[Asked, Asked], Change] | None = None,
    licence: Licence = Licence.SCORE_ONLY,
    also: tuple[str, ...] = (),
    items: tuple[Item, ...] = (),
    bands: tuple[str, ...] = (),
    takes: str = '"total": the score, or "answers" in the order of the form',
) -> Measure:
    """One row of the table of instruments that are held elsewhere."""
    return Measure(
        name=name,
        also=also,
        title=title,
        licence=licence,
        low=low,
        high=high,
        better=better,
        score=score,
        change=change or Changed(score=score, better=better),
        formula=formula,
        missing=missing,
        changes=changes,
        source=rights,
        attribution=rights,
        items=items,
        bands=bands,
        unattended=False,
        takes=takes,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A total that was worked out elsewhere; `whole` where only whole numbers are possible."""

    low: float
    high: float
    whole: bool = True
    bands: tuple[tuple[float, str], ...] = ()
    of: int = 1

    def __call__(self, asked: Asked) -> Score:
        told = next((asked[name] for name in ("total", "score", "answers") if name in asked), None)
        if isinstance(told, Mapping):
            told = next((told[name] for name in ("total", "score") if name in told), None)
        if isinstance(told, list | tuple):
            told = told[0] if len(told) == 1 else self._sum(told)
        if is_missing(told):
            return Score(
                value=None, shown=None, answered=0, of=self.of, why_none="nothing_answered"
            )
        item = Item(name="total", low=self.low, high=self.high, step=1.0 if self.whole else None)
        value = item.read(told)
        return Score(
            value=value, shown=value, answered=self.of, of=self.of, band=band_of(value, self.bands)
        )

    def _sum(self, told: list[object] | tuple[object, ...]) -> object:
        raise BadAnswers("shape", f"Give the total; {len(told)} answers are not summed here.")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanTimes:
    """(sum / answered - less) x times: the mean of what was answered on the form's own scale."""

    items: tuple[Item, ...]
    gaps: int
    times: float
    less: float = 0.0

    def __call__(self, asked: Asked) -> Score:
        if "total" in asked and "answers" not in asked:
            low, high = self.items[0].low, self.items[0].high
            return Total(
                low=(low - self.less) * self.times,
                high=(high - self.less) * self.times,
                whole=False,
            )(asked)
        answered = read(self.items, answers_of(asked))
        known = [value for value in answered.values() if value is not None]
        if len(self.items) - len(known) > self.gaps or not known:
            why = "too_many_missing" if known else "nothing_answered"
            return Score(
                value=None, shown=None, answered=len(known), of=len(self.items), why_none=why
            )
        value = (sum(known) / len(known) - self.less) * self.times
        return Score(
            value=value,
            shown=round(value, 2),
            answered=len(known),
            of=len(self.items),
            notes=("filled_by_mean",) if len(known) < len(self.items) else (),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Several figures that are never summed, by name; the first that is there is the score."""

    items: tuple[Item, ...] = field(default=())

    def __call__(self, asked: Asked) -> Score:
        answers = asked.get("answers", {key: asked[key] for key in asked if self._is_mine(key)})
        answered = read(self.items, answers)
        parts: dict[str, float | int | str | None] = {
            name: value for name, value in answered.items() if value is not None
        }
        value = next((value for value in answered.values() if value is not None), None)
        return Score(
            value=value,
            shown=value,
            answered=len(parts),
            of=len(self.items),
            parts=parts,
            why_none="" if parts else "nothing_answered",
        )

    def _is_mine(self, key: str) -> bool:
        return any(key in (item.name, *item.also) for item in self.items)


def figures(**bounds: tuple[float, float]) -> Named:
    """Figures by name with their least and most; any step."""
    return Named(
        items=tuple(
            Item(name=name, low=low, high=high, step=None) for name, (low, high) in bounds.items()
        )
    )


def laid_flat(asked: Asked) -> dict[str, object]:
    """What was asked, with its answers by name beside it."""
    answers = asked.get("answers")
    return {**asked, **answers} if isinstance(answers, Mapping) else dict(asked)
