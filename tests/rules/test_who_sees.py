"""Which of us sees a part of a profile: the limit of a role, and within it the client's word."""

from uuid import UUID

import pytest

from alongside.rules.needs import NEEDS, Area, area
from alongside.rules.who_sees import AT_THE_DESK, EVERY, LIMITS, Whom, Word, seen, sees

JOON, NOOR = UUID(int=1), UUID(int=2)
ONLY_JOON = Word(whom=Whom.NAMED, named=frozenset({JOON}))


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ("b152", Area.MIND),
        ("b1", Area.MIND),
        ("b280", Area.BODY),
        ("d540", Area.ACTIVITIES),
        ("d240", Area.ACTIVITIES),
        ("e155", Area.SURROUNDINGS),
    ],
)
def test_a_code_belongs_to_one_part(code, part):
    assert area(code) is part


def test_every_part_is_asked_about():
    assert {area(one.code) for one in NEEDS} == set(Area)


@pytest.mark.parametrize(
    ("role", "parts"),
    [
        ("therapist", EVERY),
        ("manager", EVERY),
        ("network", EVERY),
        ("desk", frozenset()),
        ("trainer", frozenset()),
        ("kiosk", frozenset()),
    ],
)
def test_where_nothing_was_said_whoever_treats_sees_all_and_nobody_else_anything(role, parts):
    assert seen({}, role=role, person=JOON) == parts


def test_who_was_not_chosen_sees_nothing_of_that_part_and_the_rest_as_before():
    words = {Area.MIND: ONLY_JOON}
    assert seen(words, role="therapist", person=JOON) == EVERY
    assert seen(words, role="manager", person=NOOR) == EVERY - {Area.MIND}
    assert seen(words, role="network", person=UUID(int=3)) == EVERY - {Area.MIND}
    assert seen(words, role="therapist", person=None) == EVERY - {Area.MIND}


def test_the_front_desk_sees_what_it_is_let_see_and_never_body_or_mind():
    words = dict.fromkeys(Area, Word(whom=Whom.FRONT))
    assert seen(words, role="desk", person=NOOR) == AT_THE_DESK
    assert seen(words, role="therapist", person=JOON) == EVERY


@pytest.mark.parametrize("role", [*LIMITS, "trainer", "anyone"])
@pytest.mark.parametrize("whom", list(Whom))
@pytest.mark.parametrize("part", list(Area))
def test_no_word_widens_a_limit(part, whom, role):
    word = Word(whom=whom, named=frozenset({JOON}))
    if sees(part, role=role, person=JOON, word=word):
        assert part in LIMITS[role]
