"""Let the demo's clients write goals, rate them and tell what they did, as real clients do."""

from datetime import datetime, time, timedelta

from alongside.demo import cast
from alongside.demo.hopes import ASKED, HOPES, Course, Hope, course_of, level_of
from alongside.goals.actions._change import Reason
from alongside.goals.actions.achieve import name_achievement, tell_achievement
from alongside.goals.actions.in_our_words import say_level, set_ladder
from alongside.goals.actions.rate import rate
from alongside.goals.actions.steps import add_step, do_step
from alongside.goals.actions.write import write_goal
from alongside.goals.models import Goal
from alongside.people.actors import of_client, of_staff
from alongside.people.models import Client, Staff

EVENING = time(18, 20)
RUNGS = ("much_less", "less", "hoped", "more", "much_more")


def hope(today: datetime) -> None:
    """Write everybody's goals, as they stood this morning."""
    for one in HOPES:
        client = Client.objects.get(first_name=one.who)
        _live(one, client, therapist_of(one.who), _evening(today, weeks=one.weeks))
    joon = Staff.objects.get(name="Joon")
    write_goal(
        Client.objects.get(first_name=ASKED.who),
        words=ASKED.words,
        why=ASKED.why,
        reach=ASKED.reach,
        meaning=ASKED.meaning,
        agrees=False,
        by=of_staff(joon),
        now=_evening(today, weeks=ASKED.weeks).replace(hour=11),
    )


def therapist_of(name: str) -> Staff:
    """Whom somebody comes to today."""
    who = next(worker for worker, book in cast.TODAY.items() if any(name == row[1] for row in book))
    return Staff.objects.get(name=who)


def _live(one: Hope, client: Client, therapist: Staff, began: datetime) -> None:
    own, now = of_client(client), began
    goal = write_goal(
        client,
        words=one.words,
        why=one.why,
        reach=one.reach,
        meaning=one.meaning,
        agrees=True,
        by=own,
        now=began,
    )
    steps = [
        add_step(goal, words=words, important=9 - number, by=own, now=began)
        for number, words in enumerate(one.steps)
    ]
    course = course_of(one)
    for number, (going, happy) in enumerate(zip(course.going, course.happy, strict=True)):
        # Over the weeks until three days ago; every second time with the therapist.
        part = number / max(len(course.going) - 1, 1)
        now = began + part * (timedelta(weeks=one.weeks) - timedelta(days=3))
        by = of_staff(therapist) if number % 2 else own
        rate(goal, going=going, happy=happy, by=by, now=now)
    if course.going and course.rise > 0 and steps:
        do_step(steps[0], by=own, now=now)
    for words in one.did:
        told = tell_achievement(client, words=words, goal=goal, by=own, now=now)
        if one.ladder:
            name_achievement(told, by=of_staff(therapist), now=now + timedelta(days=1))
    if one.ladder:
        _on_a_ladder(one, goal, course, therapist, began, now)


def _on_a_ladder(
    one: Hope, goal: Goal, course: Course, therapist: Staff, began: datetime, now: datetime
) -> None:
    values = {**dict(zip(RUNGS, one.ladder or (), strict=True)), "baseline": one.baseline}
    by = of_staff(therapist)
    start = began + timedelta(days=1)
    reason = Reason(why="So that we both see how far it has come.", agreed=True)
    ladder = set_ladder(goal, values, version=1, reason=reason, staff=therapist, by=by, now=start)
    say_level(ladder, one.baseline, staff=therapist, by=by, now=start)
    say_level(ladder, level_of(one, course), staff=therapist, by=by, now=now)


def _evening(today: datetime, *, weeks: int) -> datetime:
    day = today.date() - timedelta(weeks=weeks)
    return datetime.combine(day, EVENING, today.tzinfo)
