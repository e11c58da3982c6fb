"""What is counted of measures: the last filling beside the first that it can be compared with."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from conftest import NOW

from alongside.clinics.current import working_in
from alongside.measures.models import Filling
from alongside.outcomes.queries.began import span_of
from alongside.outcomes.queries.measures import choices, of_fillings
from alongside.outcomes.tests.conftest import BEGAN, LATELY, somebody
from alongside.rules.measures import find
from alongside.rules.outcomes import Turn

SPAN = span_of(NOW.date(), 12, ZoneInfo("Europe/Paris"))


def filled(client, measure, answers, at, **more):
    """A filling as it is kept when somebody finishes it."""
    asked = {"activities": answers} if measure == "what-matters" else {"answers": answers}
    score = find(measure).score(asked)
    kept = {"activities": answers} if measure == "what-matters" else answers
    with working_in(client.clinic_id):
        return Filling.objects.create(
            client=client,
            measure=measure,
            answers=kept,
            asked_at=at,
            asked_by="x",
            finished_at=at,
            finished_by="x",
            value=score.value,
            shown=score.shown,
            **more,
        )


def phq(*values: int) -> dict[str, str]:
    return {str(number): str(value) for number, value in enumerate(values, start=1)}


HARD, LIGHT = phq(2, 2, 2, 2, 2, 2, 2, 0, 0), phq(1, 1, 1, 1, 1, 1, 0, 0, 0)


def found(clinic, measure="phq-9"):
    with working_in(clinic):
        return of_fillings(find(measure), SPAN)


def test_a_score_that_falls_is_a_gain_where_less_is_better(harbour, amara):
    filled(amara, "phq-9", HARD, BEGAN)
    filled(amara, "phq-9", LIGHT, LATELY)
    (one,) = found(harbour).began
    assert (one.before, one.now, one.course.gain) == (14, 6, 8)
    assert one.course.turn is Turn.BETTER


def test_activities_are_compared_by_what_was_answered(harbour, amara):
    def rows(*doing):
        return [
            {"id": str(place), "importance": 5, "doing": value, "satisfaction": 5}
            for place, value in enumerate(doing)
        ]

    filled(amara, "what-matters", rows(3, 2), BEGAN)
    # A third one is new: it is in the score, and in no change.
    filled(amara, "what-matters", rows(6, 5, 0), LATELY)
    (one,) = found(harbour, "what-matters").began
    assert one.course.gain == 3


def test_only_what_is_alike_is_compared(harbour, amara, luc):
    filled(amara, "phq-9", HARD, BEGAN - timedelta(days=30), mode="staff")
    filled(amara, "phq-9", phq(1, 1, 1, 1, 1, 1, 1, 1, 1), BEGAN)
    filled(amara, "phq-9", LIGHT, LATELY)
    filled(luc, "phq-9", HARD, BEGAN, language="en")
    filled(luc, "phq-9", LIGHT, LATELY, language="fr")
    known = found(harbour)
    assert [(one.person.replace("-", ""), one.before) for one in known.began] == [(amara.pk.hex, 9)]
    assert (known.not_alike, known.only_once) == (1, 0)


def test_once_is_no_course_and_neither_is_twice_in_a_week(harbour, amara, luc):
    filled(amara, "phq-9", HARD, LATELY)
    filled(luc, "phq-9", HARD, LATELY - timedelta(days=6))
    filled(luc, "phq-9", LIGHT, LATELY)
    known = found(harbour)
    assert (known.began, known.only_once) == ((), 2)


def test_what_was_filled_in_this_month_or_long_ago_does_not_count(harbour, amara, luc):
    filled(amara, "phq-9", HARD, BEGAN)
    filled(amara, "phq-9", LIGHT, NOW)
    filled(luc, "phq-9", HARD, NOW - timedelta(days=900))
    filled(luc, "phq-9", LIGHT, NOW - timedelta(days=700))
    known = found(harbour)
    assert (known.began, known.only_once) == ((), 1)


@pytest.mark.parametrize(("people", "offered"), [(4, []), (5, ["phq-9"])])
def test_a_measure_of_four_people_is_not_offered(harbour, people, offered):
    for number in range(people):
        filled(somebody(harbour, number), "phq-9", HARD, LATELY)
    with working_in(harbour):
        assert [one.measure.name for one in choices(SPAN)] == offered


def test_the_other_clinics_answers_are_not_there(harbour, hillside):
    other = somebody(hillside)
    filled(other, "phq-9", HARD, BEGAN)
    filled(other, "phq-9", LIGHT, LATELY)
    assert found(harbour).began == ()
    # The negative control.
    assert len(found(hillside).began) == 1
