"""Outcomes as a page shows them: rows in words, and the pictures that go with a table."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.outcomes import messages
from alongside.outcomes.queries.tables import Table
from alongside.rules.beside import Beside, Shares
from alongside.rules.funnel import ONE_IN_20, ONE_IN_500, Stands, limits
from alongside.rules.outcomes import Figures, Said
from alongside.ui.plots import Caterpillar, Funnel, Mark, Spot, caterpillar, funnel


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One group in words; `hidden` says why nothing is shown."""

    label: str
    hidden: str = ""
    people: int = 0
    ends: str = ""
    gain: str = ""
    better: str = ""
    worse: str = ""
    said: str = ""
    is_better: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """One group of a funnel, and in words where it stands."""

    number: int
    label: str
    share: float
    n: int
    where: str
    beyond: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A table with its pictures; None for a picture that would show nothing."""

    rows: tuple[Row, ...]
    marks: tuple[Mark, ...] = ()
    side: Caterpillar | None = None
    side_said: str = ""
    funnel: Funnel | None = None
    funnel_said: str = ""
    spots: tuple[Stood, ...] = ()


def drawn(table: Table, *, least: int, people: bool = False, with_funnel: bool = True) -> Drawn:
    """Draw a table; below three groups that are shown there is nothing to lay beside each other."""
    rows = tuple(
        _row(line.label, line.figures)
        if line.figures
        else Row(label=line.label, hidden=messages.fewer(least))
        for line in table.lines
    )
    side, shares = table.beside, table.shares
    marks = _marks(table, side) if side else ()
    spots = _spots(table, shares) if shares and with_funnel else ()
    return Drawn(
        rows=rows,
        marks=marks,
        side=caterpillar(marks, middle=side.family.middle) if side else None,
        side_said=messages.beside(side, people=people) if side else "",
        funnel=_funnel(shares, spots, least) if shares and spots else None,
        funnel_said=messages.funnel(shares) if shares and spots else "",
        spots=spots,
    )


def facts(found: Figures) -> tuple[tuple[str, str], ...]:
    """The few numbers at the top: name and value."""
    return (
        (_("people"), str(found.n)),
        (_("points better on average"), messages.signed(found.gain)),
        *(
            (name, f"{round(100 * one.share)} %")
            for name, one in (
                (_("noticeably better"), found.better),
                (_("noticeably worse"), found.worse),
            )
            if one is not None
        ),
    )


def _row(label: str, found: Figures) -> Row:
    ends = {"before": messages.number(found.before), "now": messages.number(found.now)}
    return Row(
        label=label,
        people=found.n,
        ends=_("%(before)s to %(now)s") % ends,
        gain=messages.gain(found),
        better=messages.share(found.better),
        worse=messages.share(found.worse),
        said=messages.on_average(found.said),
        is_better=found.said is Said.BETTER,
    )


def _marks(table: Table, side: Beside) -> tuple[Mark, ...]:
    groups = {one.name: one for one in side.family.groups}
    return tuple(
        Mark(
            label=line.label,
            value=groups[line.key].value,
            low=groups[line.key].low,
            high=groups[line.key].high,
            own=line.figures.gain,
        )
        for line in table.lines
        if line.figures
    )


def _spots(table: Table, shares: Shares) -> tuple[Stood, ...]:
    return tuple(
        Stood(
            number=number,
            label=line.label,
            share=line.figures.better.share,
            n=line.figures.n,
            where=messages.stands(shares.stands[line.key]),
            beyond=shares.stands[line.key] is Stands.BEYOND,
        )
        for number, line in enumerate(table.shown, start=1)
        if line.figures and line.figures.better
    )


def _funnel(shares: Shares, spots: tuple[Stood, ...], least: int) -> Funnel:
    return funnel(
        [Spot(number=s.number, share=s.share, n=s.n, beyond=s.beyond) for s in spots],
        middle=shares.middle,
        limits=(
            lambda n: limits(n, shares.middle, ONE_IN_20),
            lambda n: limits(n, shares.middle, ONE_IN_500),
        ),
        least=least,
    )
