"""Measure a few of the demo's clients at their start and last week, and ask one more."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from alongside.demo.actions.hopes import therapist_of
from alongside.demo.hopes import HOPES, course_of
from alongside.measures.actions.alerts import name_responder
from alongside.measures.actions.answer import answer, finish
from alongside.measures.actions.ask import ask
from alongside.measures.models import Mode
from alongside.people.actors import of_client, of_staff
from alongside.people.models import Client, Staff

# Weeks ago.
START, LATELY = 6, 1
# The PHQ-2's two answers at the start and last week: at the usual mean, most a little better.
MOOD = {"Aino": ((2, 2), (1, 1)), "Marc": ((1, 1), (1, 0)), "Karl": ((1, 0), (1, 1))}
# Seconds for the Timed Up and Go.
WALKS = {"Pekka": (21.4, 16.9), "Ruth": (14.8, 11.6), "Liisa": (13.2, 12.9)}
# Amara's goals are younger than those of the others, who filled theirs in earlier: weeks ago, and
# which rating of their goals was the last one then.
EARLIER = ((15, 0), (5, 2))
WHAT_MATTERED = (
    *("Aino", "Pekka", "Ville", "Jean", "Fatou", "Marc", "Tom", "Ruth"),
    *("Olli", "Sanna", "Ines", "Zoé"),
)


def measure(today: datetime) -> None:
    """Name who hears alerts, then ask, fill in and score."""
    joon, noor = Staff.objects.get(name="Joon"), Staff.objects.get(name="Noor")
    name_responder(joon, by=of_staff(noor), now=_at(today, weeks=START + 2))
    for weeks, which in ((START, 0), (LATELY, 1)):
        now = _at(today, weeks=weeks)
        _fill("Amara", "what-matters", {"activities": _matters("Amara", -which)}, Mode.SELF, now)
        for name, mood in MOOD.items():
            first, second = mood[which]
            _fill(name, "phq-2", {"1": str(first), "2": str(second)}, Mode.SELF, now)
        for name, seconds in WALKS.items():
            _fill(name, "tug", {"seconds": seconds[which]}, Mode.STAFF, now)
    for weeks, at in EARLIER:
        now = _at(today, weeks=weeks)
        for name in WHAT_MATTERED:
            _fill(name, "what-matters", {"activities": _matters(name, at)}, Mode.SELF, now)
    ask(
        Client.objects.get(first_name="Amara"),
        "gad-7",
        mode=Mode.SELF,
        due_on=today.date() + timedelta(days=3),
        by=of_staff(joon),
        now=_at(today, weeks=0) - timedelta(days=1),
    )


def _fill(name: str, measure: str, answers: Mapping[str, object], mode: str, now: datetime) -> None:
    client = Client.objects.get(first_name=name)
    therapist = of_staff(therapist_of(name))
    by = of_client(client) if mode == Mode.SELF else therapist
    asked = ask(client, measure, mode=mode, by=therapist, now=now - timedelta(days=2))
    answer(asked, answers, by=by, now=now)
    finish(asked, by=by, now=now)


def _matters(name: str, at: int) -> list[dict[str, object]]:
    """Their goals once more, with how they went at this rating: 0 the first, -1 the last."""
    rows = []
    for number, one in enumerate((hope for hope in HOPES if hope.who == name), start=1):
        course = course_of(one)
        rows.append(
            {
                "id": str(number),
                "text": one.words,
                "importance": 10 - number,
                "doing": course.going[at],
                "satisfaction": course.happy[at],
            }
        )
    return rows


def _at(today: datetime, *, weeks: int) -> datetime:
    return datetime.combine(today.date() - timedelta(weeks=weeks), time(19, 5), today.tzinfo)
