"""Questionnaires at the beginning and end of an episode, scored by the product's own rules."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from gather import Gathered, Who

from alongside.demo.hopes import HOPES, to_ten
from alongside.demo.years import Episode
from alongside.measures.models import Alert, Filling, Mode
from alongside.rules.measures import find

# How many episodes have it, and who fills it in.
USED = {
    "what-matters": (1.0, Mode.SELF),
    "activities-0-10": (0.3, Mode.SELF),
    "phq-2": (0.4, Mode.SELF),
    "phq-9": (0.2, Mode.SELF),
    "tug": (0.3, Mode.STAFF),
    "gg-self-care": (0.3, Mode.STAFF),
}
GG = ("A", "B", "C", "E", "F", "G", "H")


def measured(gathered: Gathered, who: Who, one: Episode, first: datetime, last: datetime) -> None:
    """Fill in what this episode's therapist asks for, at its first and last visit."""
    rng = gathered.rng
    for name, (share, mode) in USED.items():
        if rng.random() >= share or (gathered.thin and name != "what-matters"):
            continue
        start = rng.random()
        for at, is_last in ((first, False), (last, True)):
            if is_last and last - first < timedelta(days=6):
                continue
            answers = _answers(gathered, name, one, start, is_last)
            if answers:
                _filled(gathered, who, name, mode, answers, at)
    if not one.is_over and rng.random() < 0.3:
        at = gathered.place.now - timedelta(days=1)
        gathered.add(
            Filling,
            at,
            client_id=who.key,
            measure="gad-7",
            language=who.language,
            asked_at=at,
            asked_by=who.therapist.name,
            due_on=(at + timedelta(days=4)).date(),
        )


def _filled(
    gathered: Gathered, who: Who, name: str, mode: str, answers: dict[str, Any], at: datetime
) -> None:
    asked = at - timedelta(days=2)
    key = str(answers)
    score = _score(name, key, who.language, mode)
    by = who.name if mode == Mode.SELF else who.therapist.name
    filling = gathered.add(
        Filling,
        asked,
        client_id=who.key,
        measure=name,
        language=who.language,
        mode=mode,
        asked_at=asked,
        asked_by=who.therapist.name,
        begun_at=at,
        finished_at=at + timedelta(minutes=3),
        finished_by=by,
        answers=answers,
        value=score.value,
        shown=score.shown,
        band=score.band,
        answered=score.answered,
        of=score.of,
        said={
            "parts": dict(score.parts),
            "notes": list(score.notes),
            "why_none": score.why_none,
            "alerts": list(score.alerts),
        },
    )
    gathered.record.staff(asked, who.therapist, "measures.ask", who.key, filling)
    gathered.record.own(at, "measures.finish", who.key, filling)
    if score.alerts:
        first = gathered.place.therapists[0]
        gathered.add(
            Alert,
            at,
            filling_id=filling,
            code=score.alerts[0],
            raised_at=at,
            responder_id=first.pk,
            taken_at=at + timedelta(minutes=4),
            taken_by_id=first.pk,
            closed_at=at + timedelta(hours=2),
            done="Called at once; we talked, and their doctor knows.",
        )
        gathered.record.staff(at, first, "measures.close_alert", who.key, filling)


_asked: dict[tuple[str, str], dict[str, Any]] = {}


@lru_cache(maxsize=100_000)
def _score(name: str, key: str, language: str, mode: str) -> Any:
    answers = _asked[name, key]
    asked = {"language": language, "mode": mode, "version": "1"}
    if "activities" in answers:
        return find(name).score({**asked, "activities": answers["activities"]})
    return find(name).score({**asked, "answers": answers})


def _answers(
    gathered: Gathered, name: str, one: Episode, start: float, is_last: bool
) -> dict[str, Any]:
    """Draw answers whose scores begin and change as published."""
    rng = gathered.rng
    if name in ("what-matters", "activities-0-10"):
        found = _activities(name, one, is_last)
    elif name.startswith("phq"):
        # PHQ-9: 7 (5) at the start, -1.5 (4) at the end.
        mean = max(0.0, 0.2 + 1.2 * start - (0.17 if is_last else 0))
        items = 9 if name == "phq-9" else 2
        found = {str(n): str(min(3, int(rng.expovariate(1) * mean))) for n in range(1, items + 1)}
        if items == 9 and rng.random() < 0.97:
            found["9"] = "0"
    elif name == "tug":
        found = {"seconds": round(10 + 9 * start - (2.5 * rng.random() if is_last else 0), 1)}
    else:
        # Section GG, self-care: 29 (6) at the start, +6 (5) at the end.
        mean = 3.2 + 1.9 * start + (0.85 if is_last else 0)
        found = {one: f"0{min(6, max(1, round(rng.gauss(mean, 0.9))))}" for one in GG}
    _asked[name, str(found)] = found
    return found


def _activities(name: str, one: Episode, is_last: bool) -> dict[str, Any]:
    at = -1 if is_last else 0
    rows = []
    for number, goal in enumerate(one.pursuits[:5], start=1):
        row = {"id": str(number), "text": HOPES[number].words}
        going = to_ten(goal.going[at])
        if name == "what-matters":
            row |= {"importance": 10 - number, "doing": going, "satisfaction": goal.happy[at]}
        else:
            row |= {"rating": going}
        rows.append(row)
    return {"activities": rows} if rows else {}
