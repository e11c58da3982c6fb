"""How the demo's goals go looks like what is published, over many and in the cast's own words."""

from statistics import mean, pstdev

from alongside.demo.hopes import HOPES, Hope, course_of, level_of

MANY = [course_of(Hope(who=f"somebody {number}", words="")) for number in range(3000)]


def test_many_begin_and_rise_as_published():
    first = [one.going[0] for one in MANY]
    rises = [one.rise for one in MANY]
    assert abs(mean(first) - 3.9) < 0.1
    assert abs(pstdev(first) - 1.6) < 0.15
    assert abs(mean(rises) - 2.6) < 0.2
    assert abs(pstdev(rises) - 2.0) < 0.3


def test_some_stay_and_a_few_fall():
    rises = [one.rise for one in MANY]
    assert abs(sum(rise == 0 for rise in rises) / len(rises) - 0.15) < 0.03
    assert abs(sum(rise < 0 for rise in rises) / len(rises) - 0.05) < 0.02


def test_a_course_is_the_same_each_time():
    assert course_of(HOPES[0]) == course_of(HOPES[0])


def test_every_answer_is_to_ten():
    assert {value for one in MANY for value in (*one.going, *one.happy)} <= set(range(11))


def test_a_ladder_is_where_the_ratings_are():
    hope = Hope(who="x", words="x", going=(4, 4), baseline=-1)
    assert level_of(hope, course_of(hope)) == -1
    risen = Hope(who="x", words="x", going=(2, 3, 5))
    assert level_of(risen, course_of(risen)) == 0
    fallen = Hope(who="x", words="x", going=(4, 3))
    assert level_of(fallen, course_of(fallen)) == -2
