"""Goal Attainment Scaling: how far each goal was reached, and a T-score over all of them.

T = 50 + 10 sum(w x) / sqrt((1 - rho) sum(w^2) + rho (sum w)^2), rho = 0.30, x from -2 to +2
(Kiresuk and Sherman 1968). Turner-Stokes 2009 (Clin Rehabil 23:362-370) printed the formula wrongly
on pages 364 and 367; this is the erratum's. Weights are importance x difficulty (0 to 3 each), or
1. GAS is ordinal: a client sees the ladder in words; the T-score is for staff.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from alongside.rules.measures.answers import BadAnswers, Item, is_missing, number
from alongside.rules.measures.score import (
    Asked,
    Better,
    Change,
    Licence,
    Measure,
    Score,
    differs,
    not_comparable,
    option,
    way_of,
)
from alongside.rules.measures.sums import worth

RHO = 0.30
CONVENTION = 10.0
"""T points that are taken for a change that counts; a convention on weak evidence."""
LEVELS = Item(name="level", low=-2, high=2, allowed=(-2.0, -1.0, -0.5, 0.0, 1.0, 2.0))
BASELINES = Item(name="baseline", low=-2, high=-1, allowed=(-2.0, -1.0))
GRADE = Item(name="grade", low=0, high=3)
LIGHT: Mapping[str, Mapping[float, float | None]] = {
    "a_lot_more": {-1.0: 2.0, -2.0: 2.0},
    "a_little_more": {-1.0: 1.0, -2.0: 1.0},
    "as_expected": {-1.0: 0.0, -2.0: 0.0},
    "partly": {-1.0: -0.5, -2.0: -1.0},
    "no_change": {-1.0: -1.0, -2.0: -2.0},
    # From as bad as could be, nothing is worse.
    "worse": {-1.0: -2.0, -2.0: None},
}
"""GAS-light: what is said of a goal, by its baseline, as a level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One goal: its level now and at the baseline (None: not rated), its weight."""

    name: str
    level: float | None
    baseline: float | None = None
    weight: float = 1.0
    set_aside: bool = False


def t_score(levels: Sequence[float], weights: Sequence[float], *, rho: float = RHO) -> float | None:
    """The T-score of these goals, unrounded; None without goals or where all weights are 0."""
    squares = sum(weight * weight for weight in weights)
    if squares <= 0:
        return None
    reached = sum(weight * level for weight, level in zip(weights, levels, strict=True))
    together = (1 - rho) * squares + rho * sum(weights) ** 2
    return 50 + 10 * reached / math.sqrt(together)


def level_of(said: str, *, baseline: float) -> float:
    """GAS-light's words as a level; raises BadAnswers where a goal cannot have got worse."""
    level = LIGHT[said][baseline]
    if level is None:
        raise BadAnswers(
            "not_an_option",
            "A goal that began at -2 cannot have got worse: say no_change, or partly.",
            item="said",
        )
    return level


def goals_of(asked: Asked) -> tuple[Goal, ...]:
    """The goals of a request: "goals" as objects, or "answers" as levels with "weights"."""
    goals = asked.get("goals")
    if goals is None:
        goals = _from_levels(asked)
    if not isinstance(goals, Sequence) or isinstance(goals, str):
        raise BadAnswers("shape", '"goals" must be a list of goals.', item="goals")
    return tuple(_goal(goal, place) for place, goal in enumerate(goals, start=1))


def _from_levels(asked: Asked) -> list[object]:
    levels = asked.get("answers")
    if isinstance(levels, Mapping):
        return _from_levels({**asked, "answers": list(levels.values())})
    if not isinstance(levels, Sequence) or isinstance(levels, str):
        raise BadAnswers("no_answers", 'Give "goals", or "answers" as a list of levels -2 to +2.')
    if any(isinstance(level, Mapping) for level in levels):
        return list(levels)
    weights = asked.get("weights") or [1] * len(levels)
    if not isinstance(weights, Sequence) or len(weights) != len(levels):
        raise BadAnswers("shape", "There must be a weight for each goal.", item="weights")
    return [
        {"level": level, "weight": weight} for level, weight in zip(levels, weights, strict=True)
    ]


def _goal(goal: object, place: int) -> Goal:
    if not isinstance(goal, Mapping):
        goal = {"level": goal}
    name = str(goal.get("id") or goal.get("name") or place)
    baseline = BASELINES.read(goal.get("baseline"))
    said = option(goal, "said", tuple(LIGHT))
    if said and baseline is None:
        raise BadAnswers("no_baseline", f"Goal {name}: GAS-light needs a baseline.", item=name)
    level = level_of(said, baseline=baseline) if said and baseline else _level(goal)
    return Goal(
        name=name,
        level=level,
        baseline=baseline,
        weight=_weight(goal, name),
        set_aside=goal.get("set_aside") is True,
    )


def _level(goal: Mapping[str, Any]) -> float | None:
    return LEVELS.read(goal.get("level", goal.get("score", goal.get("x"))))


def _weight(goal: Mapping[str, Any], name: str) -> float:
    if not is_missing(goal.get("weight")):
        weight = number(goal["weight"], item=name)
        if weight < 0:
            raise BadAnswers("out_of_range", f"Goal {name}: a weight is never negative.", item=name)
        return weight
    graded = [GRADE.read(goal.get(grade)) for grade in ("importance", "difficulty")]
    known = [grade for grade in graded if grade is not None]
    return math.prod(known) if known else 1.0


def score(asked: Asked) -> Score:
    """T of the rated goals that were not set aside; with those set aside in `parts`.

    Range: unbounded in principle, 50 when all goals come out as expected. Higher is better. A goal
    that was not rated is left out and counted; no score where none is rated or all weights are 0.
    """
    goals = goals_of(asked)
    kept = [goal for goal in goals if not goal.set_aside]
    value = _t(kept)
    notes = ["t_is_for_staff"]
    rated = sum(goal.level is not None for goal in kept)
    if rated < len(kept):
        notes.append("some_not_rated")
    parts: dict[str, float | int | str | None] = {"baseline_t": _t(kept, of="baseline")}
    if len(kept) < len(goals):
        parts |= {"with_set_aside": _t(goals), "n_set_aside": len(goals) - len(kept)}
    return Score(
        value=value,
        shown=None if value is None else round(value, 2),
        answered=rated,
        of=len(kept),
        parts={name: part for name, part in parts.items() if part is not None},
        notes=tuple(notes),
        why_none="" if value is not None else ("no_weight" if rated else "nothing_answered"),
    )


def _t(goals: Sequence[Goal], *, of: str = "level") -> float | None:
    rated = [(getattr(goal, of), goal.weight) for goal in goals if getattr(goal, of) is not None]
    return t_score([level for level, _ in rated], [weight for _, weight in rated])


def own_change(asked: Asked) -> Change | None:
    """The change from the goals' own baselines, where at least one has both."""
    goals = [
        goal
        for goal in goals_of(asked)
        if goal.baseline is not None and goal.level is not None and not goal.set_aside
    ]
    return _change(goals) if goals else None


def change(before: Asked, now: Asked) -> Change:
    """From the T-score of a baseline to that of now, on the goals that both rated.

    Goals are paired by name, else by place; weights are those of now. `before` may also be a bare
    list of baseline levels.
    """
    why = differs(before, now)
    if why:
        return not_comparable(score(before), score(now), f"different_{why}")
    then = {goal.name: goal.level for goal in goals_of(before)}
    goals = [
        Goal(name=goal.name, level=goal.level, baseline=then[goal.name], weight=goal.weight)
        for goal in goals_of(now)
        if goal.level is not None and then.get(goal.name) is not None and not goal.set_aside
    ]
    if not goals:
        return not_comparable(score(before), score(now), "no_goal_on_both")
    return _change(goals)


def _change(goals: Sequence[Goal]) -> Change:
    before, now = _t(goals, of="baseline"), _t(goals)
    if before is None or now is None:
        empty = Score(value=None, shown=None, answered=0, of=len(goals))
        return not_comparable(empty, empty, "no_weight")
    return Change(
        before=before,
        now=now,
        delta=now - before,
        verdict=worth(now - before, error=None, matters=CONVENTION),
        way=way_of(now - before, Better.HIGHER),
        figure="about 10 T points, a convention on weak evidence",
        n=len(goals),
    )


GAS = Measure(
    name="gas",
    also=("goal-attainment-scaling", "gas-t", "gas-light"),
    title="Goal Attainment Scaling",
    licence=Licence.EMBED,
    low=None,
    high=None,
    better=Better.HIGHER,
    score=score,
    change=change,
    formula="T = 50 + 10*sum(w*x) / sqrt(0.7*sum(w^2) + 0.3*(sum(w))^2); x is -2 to +2",
    missing="A goal that is not rated is left out and counted; one rated goal is enough.",
    changes="About 10 T points is a convention on weak evidence.",
    source="Kiresuk and Sherman 1968; Turner-Stokes 2009 with its erratum",
    attribution="A published method; the goals' words are the client's.",
    items=(LEVELS,),
    unattended=False,
    takes='"goals": [{"level", "baseline"?, "weight"? or "importance"? and "difficulty"?, '
    '"said"? (GAS-light), "set_aside"?}], or "answers": levels with "weights"',
)
