"""Three voices side by side, over time, and what they make to be matched."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.rules.profile import Said, Voice, Way, courses, lines, needs_of

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def said(code="d540", voice=Voice.CLIENT, performance=3, days=0, **more):
    at = NOON + timedelta(days=days)
    return Said(code=code, voice=voice, performance=performance, at=at, **more)


def test_the_newest_of_each_voice_stands_beside_the_others():
    (line,) = lines(
        [said(performance=4, days=2), said(days=1), said(voice=Voice.THERAPIST, performance=1)]
    )
    assert {voice: side.now.performance for voice, side in line.sides.items()} == {
        Voice.CLIENT: 4,
        Voice.THERAPIST: 1,
    }
    assert line.apart == 3
    assert line.hardest == 4


def test_the_one_before_is_the_last_that_differs():
    (line,) = lines([said(performance=2), said(days=1), said(days=2, words="still")])
    side = line.sides[Voice.CLIENT]
    assert side.now.words == "still"
    assert side.before is not None
    assert side.before.performance == 2


def test_words_alone_are_no_change():
    (line,) = lines([said(), said(days=1, words="my left arm")])
    assert line.sides[Voice.CLIENT].before is None


@pytest.mark.parametrize("number", [8, 9])
def test_not_known_and_does_not_apply_are_not_compared(number):
    (line,) = lines([said(performance=4), said(voice=Voice.CLOSE, performance=number)])
    assert (line.apart, line.hardest) == (0, 4)
    assert needs_of(lines([said(performance=number)])) == []


def test_what_helps_is_no_need():
    (line,) = lines([said(code="e310", performance=4, helps=True)])
    assert line.helps
    assert needs_of([line]) == []


def test_what_helps_one_and_stops_another_is_a_need():
    (line,) = lines(
        [said(code="e310", performance=4, helps=True), said("e310", Voice.THERAPIST, 3)]
    )
    assert not line.helps
    assert [need.code for need in needs_of([line])] == ["e310"]


def test_how_much_it_matters_is_the_clients_to_say():
    own = said(importance=2)
    (line,) = lines([own, said(voice=Voice.CLOSE, importance=9)])
    assert line.importance == 2
    (line,) = lines([said(), said(voice=Voice.CLOSE, importance=9)])
    assert line.importance == 9
    assert lines([said()])[0].need.importance == 10


def test_what_weighs_most_comes_first_whatever_order_it_was_told_in():
    some = [said("b280", performance=1), said("d540"), said("d850", performance=3, importance=5)]
    expected = ["d540", "d850", "b280"]
    assert [line.code for line in lines(some)] == expected
    assert [line.code for line in lines(reversed(some))] == expected


def test_what_is_no_longer_hard_is_no_longer_matched():
    assert needs_of(lines([said(), said(performance=0, days=3)])) == []


def test_over_time_only_what_differs_is_a_point():
    (course,) = courses(
        [said(performance=4), said(performance=4, days=1, words="still"), said(days=9)]
    )
    assert [one.performance for one in course.points] == [4, 3]
    assert course.way is Way.EASIER


@pytest.mark.parametrize(
    ("numbers", "way"),
    [
        ((3,), Way.ONCE),
        ((2, 4), Way.HARDER),
        ((2, 3, 2), Way.SAME),
        ((4, 8, 1), Way.EASIER),
        ((8, 3), Way.ONCE),
        ((9, 8), Way.ONCE),
    ],
)
def test_the_way_is_from_the_first_to_the_last_that_says_how_hard(numbers, way):
    (course,) = courses([said(performance=one, days=day) for day, one in enumerate(numbers)])
    assert course.way is way


def test_each_voice_has_a_course_of_its_own():
    found = courses([said(voice=Voice.THERAPIST), said(code="d510"), said()])
    assert [(one.code, one.voice) for one in found] == [
        ("d510", Voice.CLIENT),
        ("d540", Voice.CLIENT),
        ("d540", Voice.THERAPIST),
    ]
