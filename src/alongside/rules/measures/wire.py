"""A request as it comes from outside, and the answer as it goes out: plain values for JSON.

A request is {"answers": ..., "baseline"?: ..., and what else the measure reads}, or the answers
alone. The baseline is written like the answers, or is a request of its own; what it does not say
for itself ("weights", "hand", "scale") is that of now.
"""

from collections.abc import Mapping
from typing import Any

from alongside.rules.measures import gas
from alongside.rules.measures.answers import BadAnswers
from alongside.rules.measures.score import Asked, Change, Measure, Score
from alongside.rules.measures.words import ALERTS, NOTES, VERDICTS, of_change, sentence

NAMED = frozenset({
    "answers", "baseline", "goals", "activities", "total", "score", "trials", "state", "vas",
    "index", "weights", "scale", "coding", "language", "mode", "version", "resourceType",
})  # fmt: skip
"""Words that make an object a request and not the answers themselves."""
PLACES = 4


def request_of(body: object) -> Asked:
    """The request that a JSON value is; raises BadAnswers for what can be none."""
    if isinstance(body, Mapping):
        if body.get("resourceType") == "QuestionnaireResponse":
            return {"answers": body}
        if set(body) & NAMED or _is_flat_test(body):
            return dict(body)
        return {"answers": dict(body)}
    if isinstance(body, list):
        return {"answers": body}
    if isinstance(body, int | float) and not isinstance(body, bool):
        return {"answers": body, "total": body}
    raise BadAnswers("shape", 'Send {"answers": ...} as JSON; `measure list` says what each takes.')


def _is_flat_test(body: Mapping[str, Any]) -> bool:
    return bool(set(body) & {"seconds", "kg", "blocks", "stands", "performance", "t", "vas"})


def baseline_of(body: object, now: Asked) -> Asked:
    """The baseline's request: its own words first, else those of now."""
    own = dict(request_of(body))
    said = {"answers", "baseline", "goals", "activities", "total", "score", "trials"}
    inherited = {
        key: value
        for key, value in now.items()
        if key not in said | {"language", "mode", "version"} and key not in own
    }
    ratings = {"doing", "satisfaction", "performance", "importance"}
    if set(own) & ({"activities", "goals", "answers", "total"}):
        inherited = {key: value for key, value in inherited.items() if key not in ratings}
    return {**inherited, **own}


def answered(measure: Measure, body: object) -> dict[str, Any]:
    """The whole answer for one request; raises BadAnswers."""
    asked = request_of(body)
    score = measure.score(asked)
    found = _score(measure, score)
    if asked.get("baseline") is not None and measure.name != gas.GAS.name:
        found["change"] = change_out(measure.change(baseline_of(asked["baseline"], asked), asked))
    elif measure.name == gas.GAS.name:
        found["change"] = _of_goals(asked)
    return found


def _of_goals(asked: Asked) -> dict[str, Any] | None:
    """Goals carry their own baselines; a list of levels beside them is one too."""
    if asked.get("baseline") is not None:
        return change_out(gas.change(baseline_of(asked["baseline"], asked), asked))
    own = gas.own_change(asked)
    return None if own is None else change_out(own)


def _score(measure: Measure, score: Score) -> dict[str, Any]:
    return {
        "measure": measure.name,
        "title": measure.title,
        "score": _plain(score.shown),
        "unrounded": _plain(score.value),
        "range": [measure.low, measure.high],
        "better": str(measure.better),
        "band": score.band or None,
        "n_answered": score.answered,
        "n_items": score.of,
        **{name: _plain(value) for name, value in score.parts.items()},
        "alerts": [{"code": code, "words": ALERTS.get(code, code)} for code in score.alerts],
        "notes": [{"code": code, "words": NOTES.get(code, code)} for code in score.notes],
        "why_no_score": score.why_none or None,
        "words": sentence(score),
        "change": None,
    }


def change_out(change: Change) -> dict[str, Any]:
    """A change for JSON."""
    return {
        "before": _plain(change.before),
        "now": _plain(change.now),
        "change": _plain(change.delta),
        "verdict": str(change.verdict),
        "direction": str(change.way),
        "verdict_words": VERDICTS[change.verdict],
        "figure": change.figure or None,
        "n_paired": change.n,
        **{name: _plain(value) for name, value in change.parts.items()},
        "notes": [{"code": code, "words": NOTES.get(code, code)} for code in change.notes],
        "words": of_change(change),
    }


def _plain(value: float | int | str | None) -> float | int | str | None:
    if not isinstance(value, float):
        return value
    rounded = round(value, PLACES)
    return int(rounded) if rounded.is_integer() else rounded


def described(measure: Measure) -> dict[str, Any]:
    """What a measure says of itself, for `measure list`."""
    return {
        "name": measure.name,
        "also": list(measure.also),
        "title": measure.title,
        "licence": str(measure.licence),
        "rights": measure.attribution,
        "range": [measure.low, measure.high],
        "unit": measure.unit or None,
        "better": str(measure.better),
        "items": [item.name for item in measure.items],
        "bands": list(measure.bands),
        "formula": measure.formula,
        "missing": measure.missing,
        "change": measure.changes,
        "source": measure.source,
        "unattended": measure.unattended,
        "takes": measure.takes,
    }
