"""Outcomes as tables: what may be shown of each group, and how groups stand beside each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alongside.rules.beside import Beside, Shares, beside, shares_beside
from alongside.rules.outcomes import LEAST, Course, Figures, figures, to_hide


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One group by its key and name; no figures where they may not be shown."""

    key: str
    label: str
    figures: Figures | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Groups in the order in which they may stand, and what they are beside each other."""

    lines: tuple[Line, ...]
    beside: Beside | None
    shares: Shares | None

    @property
    def shown(self) -> tuple[Line, ...]:
        """The groups of which something may be shown."""
        return tuple(line for line in self.lines if line.figures is not None)

    @property
    def hidden(self) -> int:
        """How many groups are not shown."""
        return len(self.lines) - len(self.shown)


def whole_of(courses: Mapping[str, Sequence[Course]]) -> Figures | None:
    """Everybody together."""
    return figures([one for some in courses.values() for one in some])


def table_of(
    labels: Mapping[str, str],
    courses: Mapping[str, Sequence[Course]],
    whole: Figures,
    *,
    least: int = LEAST,
    may_sort: bool = True,
) -> Table:
    """Groups beside each other; `labels` names them in the order in which they stand unsorted."""
    hidden = to_hide({key: len(courses.get(key, ())) for key in labels}, least=least)
    known = {
        key: found
        for key in labels
        if key not in hidden and (found := figures(courses.get(key, ()), least=least))
    }
    side = beside(known, may_sort=may_sort)
    order = list(side.order) if side else list(known)
    # What is not shown keeps no place among the others that could tell something.
    order += [key for key in labels if key not in known]
    return Table(
        lines=tuple(Line(key=key, label=labels[key], figures=known.get(key)) for key in order),
        beside=side,
        shares=shares_beside(known, whole.better) if whole.better else None,
    )
