"""What is counted of goals: each person once, from the first rating to the last of the months."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from conftest import NOW

from alongside.clinics.current import working_in
from alongside.goals.models import Goal, Ladder, Level, Rating
from alongside.outcomes.queries.began import courses, span_of
from alongside.outcomes.queries.goals import of_ladders, of_ratings
from alongside.outcomes.queries.groups import NONE, by_service, by_therapist
from alongside.outcomes.tests.conftest import BEGAN, LATELY, service, somebody, took, went
from alongside.rules.outcomes import Turn

ZONE = ZoneInfo("Europe/Paris")
SPAN = span_of(NOW.date(), 12, ZONE)
DAY = timedelta(days=1)


def found(clinic):
    with working_in(clinic):
        return of_ratings(SPAN)


def test_a_goal_is_counted_from_its_first_rating_to_its_last(harbour, amara):
    goal = went(amara, 2, 6, reach="task")
    with working_in(harbour):
        Rating.objects.create(goal=goal, at=BEGAN + 20 * DAY, going=9, by="x")
    (one,) = found(harbour).began
    assert (one.before, one.now, one.kind, one.began_at) == (2, 6, "task", BEGAN)


def test_what_was_rated_this_month_waits_until_it_is_over(harbour, amara):
    goal = went(amara, 2, 6)
    with working_in(harbour):
        Rating.objects.create(goal=goal, at=NOW - DAY, going=9, by="x")
    (one,) = found(harbour).began
    assert one.now == 6
    # The negative control: a month later it counts.
    with working_in(harbour):
        (later,) = of_ratings(span_of(NOW.date() + 31 * DAY, 12, ZONE)).began
    assert later.now == 9


def test_the_months_begin_and_end_at_midnight_by_the_clinics_clock(harbour, amara, luc):
    first = SPAN.from_at
    went(amara, 2, 6, began=first - 30 * DAY, ended=first)
    went(luc, 2, 6, began=first - 30 * DAY, ended=first - timedelta(seconds=1))
    assert [one.person.replace("-", "") for one in found(harbour).began] == [amara.pk.hex]


def test_two_ratings_of_one_week_are_one_occasion(harbour, amara, luc):
    went(amara, 2, 6, began=LATELY - 13 * DAY, ended=LATELY)
    went(luc, 2, 6, began=LATELY - 14 * DAY, ended=LATELY)
    known = found(harbour)
    assert [one.person.replace("-", "") for one in known.began] == [luc.pk.hex]
    assert known.only_once == 1


def test_who_has_one_goal_that_counts_is_not_among_those_with_a_single_value(harbour, amara):
    went(amara, 2, 6)
    went(amara, 2, 6, began=LATELY - DAY, ended=LATELY)
    known = found(harbour)
    assert (len(known.began), known.only_once) == (1, 0)


def test_goals_that_nobody_has_rated_are_told_of(harbour, amara, luc):
    with working_in(harbour):
        for client, agreed in ((amara, LATELY), (luc, None)):
            Goal.objects.create(
                client=client,
                words="x",
                written_at=LATELY,
                written_by="x",
                agreed_at=agreed,
                agreed_by="x" if agreed else "",
            )
    assert found(harbour).not_yet == 1


def test_two_goals_of_one_person_are_one_person(harbour, amara):
    went(amara, 2, 6)
    went(amara, 4, 4)
    (one,) = courses(found(harbour).began, lambda _one: ("all",))["all"]
    assert (one.before, one.now, one.gain, one.turn) == (3, 5, 2, Turn.BETTER)


@pytest.mark.parametrize(("days", "counts"), [(-91, False), (-89, True), (27, True), (29, False)])
def test_a_service_counts_where_the_yes_was_near_the_beginning(harbour, amara, days, counts):
    made = service(harbour, "Cooking")
    went(amara, 2, 6)
    took(amara, made, at=BEGAN + days * DAY)
    with working_in(harbour):
        (one,) = of_ratings(SPAN).began
        assert list(by_service(SPAN)(one)) == [str(made.pk) if counts else NONE]


def test_what_is_outside_the_clinic_is_no_service_of_ours(harbour, amara):
    made = service(harbour, "Walk along the harbour")
    with working_in(harbour):
        made.kind = "resource"
        made.save()
    went(amara, 2, 6)
    took(amara, made)
    with working_in(harbour):
        (one,) = of_ratings(SPAN).began
        assert list(by_service(SPAN)(one)) == [NONE]


def test_whom_somebody_met_most_often(harbour, amara, joon, sees):
    mika = sees.colleague("Mika")
    went(amara, 2, 6)
    sees(amara, joon, 2)
    sees(amara, mika, 3)
    with working_in(harbour):
        (one,) = of_ratings(SPAN).began
        assert list(by_therapist(SPAN)(one)) == [str(mika.pk)]


def test_a_ladder_is_counted_from_its_own_beginning(harbour, amara, joon):
    goal = went(amara, 2, 6)
    with working_in(harbour):
        ladder = Ladder.objects.create(
            goal=goal,
            **dict.fromkeys(("much_less", "less", "hoped", "more", "much_more"), "x"),
            baseline=-1,
            set_at=BEGAN,
            set_by=joon,
        )
        for at, level in ((BEGAN, -1), (LATELY, 1), (NOW, 2)):
            Level.objects.create(ladder=ladder, at=at, level=level, by=joon)
        (one,) = of_ladders(SPAN).began
    # One goal: T = 50 + 10 x, from 40 to 60.
    assert (one.before, one.now, one.course.gain) == (40, 60, 20)
    assert one.course.turn is Turn.BETTER


def test_the_other_clinics_goals_are_not_there(harbour, hillside, amara):
    went(amara, 2, 6)
    went(somebody(hillside), 1, 9)
    assert [one.person.replace("-", "") for one in found(harbour).began] == [amara.pk.hex]
    # The negative control: it is in its own clinic.
    assert [one.now for one in found(hillside).began] == [9]
