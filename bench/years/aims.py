"""Goals as they were written, agreed to, rated, put on a ladder, reached or set aside."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from book import Written
from gather import Gathered, Who

from alongside.demo.hopes import HOPES
from alongside.demo.years import End, Pursuit
from alongside.goals.models import Achievement, Goal, Ladder, Level, Meaning, Rating, Step, Wording

DID = [words for one in HOPES for words in one.did] or ["I did it."]
STEPS = [words for one in HOPES for words in one.steps]
LADDERS = [one.ladder for one in HOPES if one.ladder]
RUNGS = ("much_less", "less", "hoped", "more", "much_more")
EVENING = timedelta(hours=5)
SPOKEN = timedelta(minutes=4)


def pursue(
    gathered: Gathered, who: Who, one: Pursuit, visits: list[Written], let_go: datetime | None
) -> UUID | None:
    """Write a goal down with all that was said about it; None where its visits found no room.

    `let_go`: when somebody who just stayed away said that they do not work on it any more.
    """
    times = [visits[n].ended_at for n in one.at if n < len(visits)]
    rated = [at for at in times if at is not None]
    if len(rated) < 2:
        return None
    rng, hope = gathered.rng, gathered.rng.choice(HOPES)
    written = rated[0] + EVENING
    over = rated[-1] + timedelta(minutes=20)
    aside = over if one.end is End.ASIDE else let_go if one.end is End.OPEN else None
    goal = gathered.add(
        Goal,
        written,
        client_id=who.key,
        words=hope.words,
        why=hope.why,
        reach=hope.reach,
        meaning=rng.choice([*Meaning.values, ""]),
        written_at=written,
        written_by=who.name,
        agreed_at=written,
        agreed_by=who.name,
        reached_at=over if one.end is End.REACHED else None,
        aside_at=aside,
        spoken_at=rated[-1],
    )
    gathered.record.own(written, "goals.write", who.key, goal)
    gathered.record.own(written, "goals.agree", who.key, goal)
    if one.end is not End.OPEN:
        verb = "goals.reach" if one.end is End.REACHED else "goals.set_aside"
        gathered.record.own(over, verb, who.key, goal)
    _rate(gathered, who, goal, one, rated)
    _steps(gathered, who, goal, one, written, rated)
    _told(gathered, who, goal, one, rated)
    if one.baseline is not None:
        _ladder(gathered, who, goal, one, rated)
    return goal


def _rate(gathered: Gathered, who: Who, goal: UUID, one: Pursuit, rated: list[datetime]) -> None:
    for number, (at, going, happy) in enumerate(zip(rated, one.going, one.happy, strict=False)):
        by_client = number % 2 == 0
        moment = at + EVENING + SPOKEN if by_client else at - SPOKEN
        gathered.add(
            Rating,
            moment,
            goal_id=goal,
            at=moment,
            going=going,
            happy=happy,
            important=8,
            by=who.name if by_client else who.therapist.name,
            by_client=by_client,
        )
        if by_client:
            gathered.record.own(moment, "goals.rate", who.key, goal)
            gathered.record.saw_own(moment - SPOKEN, "mine.see_page", who.key)
            gathered.record.saw_own(moment - SPOKEN, "goals.see_goals", who.key)
        else:
            gathered.record.staff(moment, who.therapist, "goals.rate_with", who.key, goal)
            gathered.record.saw(moment - SPOKEN, who.therapist, "goals.read_goals", who.key)


def _steps(
    gathered: Gathered,
    who: Who,
    goal: UUID,
    one: Pursuit,
    written: datetime,
    rated: list[datetime],
) -> None:
    for number in range(one.steps):
        at = written + timedelta(minutes=number)
        done = rated[-1] if one.rise > number else None
        gathered.add(
            Step,
            at,
            goal_id=goal,
            words=gathered.rng.choice(STEPS),
            important=9 - number,
            added_at=at,
            added_by=who.name,
            done_at=done,
        )
        gathered.record.own(at, "goals.add_step", who.key, goal)


def _told(gathered: Gathered, who: Who, goal: UUID, one: Pursuit, rated: list[datetime]) -> None:
    for number in range(one.told):
        at = rated[min(number, len(rated) - 1)] + timedelta(days=2, minutes=number)
        if at > gathered.place.now:
            continue
        named = at + timedelta(days=3)
        told = gathered.add(
            Achievement,
            at,
            client_id=who.key,
            goal_id=goal,
            words=gathered.rng.choice(DID),
            told_at=at,
            told_by=who.name,
            named_at=named if named < gathered.place.now else None,
            named_by=who.therapist.name if named < gathered.place.now else "",
        )
        gathered.record.own(at, "goals.tell_achievement", who.key, told)


def _ladder(gathered: Gathered, who: Who, goal: UUID, one: Pursuit, rated: list[datetime]) -> None:
    by, at = who.therapist, rated[0] + timedelta(minutes=30)
    gathered.add(
        Wording, at, goal_id=goal, words="Prepares a warm meal standing.", at=at, by_id=by.pk
    )
    ladder = gathered.add(
        Ladder,
        at,
        goal_id=goal,
        **dict(zip(RUNGS, gathered.rng.choice(LADDERS), strict=True)),
        baseline=one.baseline,
        important=gathered.rng.choice((1, 2, 3)),
        difficult=gathered.rng.choice((1, 2, 3)),
        set_at=at,
        set_by_id=by.pk,
    )
    gathered.record.staff(at, by, "goals.set_ladder", who.key, goal)
    for moment, level in ((at, one.baseline), (rated[-1], one.level)):
        gathered.add(Level, moment, ladder_id=ladder, at=moment, level=_halves(level), by_id=by.pk)
        gathered.record.staff(moment, by, "goals.say_level", who.key, goal)


def _halves(level: Any) -> str:
    return f"{level:.1f}"
