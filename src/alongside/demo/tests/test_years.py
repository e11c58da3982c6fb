"""Three drawn years look like what is published of such clinics."""

from itertools import pairwise
from random import Random
from statistics import mean, median, pstdev, quantiles

import pytest

from alongside.demo.years import BOOKED_AHEAD, LATELY, Became, End, life_of

DAYS = 3 * 365


@pytest.fixture(scope="module")
def lives():
    rng = Random("years")
    return [life_of(rng, days=DAYS) for _ in range(3000)]


@pytest.fixture(scope="module")
def episodes(lives):
    return [one for life in lives for one in life.episodes]


@pytest.fixture(scope="module")
def past(episodes):
    return [one for episode in episodes for one in episode.bookings if one.day < DAYS]


@pytest.fixture(scope="module")
def pursuits(episodes):
    return [one for episode in episodes for one in episode.pursuits]


def test_the_same_seed_gives_the_same_life():
    assert life_of(Random(7), days=DAYS) == life_of(Random(7), days=DAYS)
    assert life_of(Random(7), days=DAYS) != life_of(Random(8), days=DAYS)


def test_an_episode_is_as_long_as_published(episodes):
    lengths = [len(one.bookings) for one in episodes if one.is_over]
    low, middle, high = quantiles(lengths, n=4)
    assert abs(middle - 8) <= 1
    assert abs(low - 5) <= 1
    assert abs(high - 13) <= 2
    assert max(lengths) == 40


def test_one_visit_in_five_does_not_take_place(lives, past):
    later = [one for one in past if not one.is_first]
    away = [one for one in later if one.became in (Became.MISSED, Became.CANCELLED)]
    assert abs(len(away) / len(later) - 0.206) < 0.02
    missed = [one for one in away if one.became is Became.MISSED]
    assert abs(len(missed) / len(away) - 0.5) < 0.03


def test_most_stay_away_once_of_ten(episodes):
    tens = [one.bookings[1:11] for one in episodes if len(one.bookings) > 10 and one.is_over]
    once = [one for one in tens if any(each.became is not Became.DONE for each in one)]
    assert abs(len(once) / len(tens) - 0.72) < 0.05


def test_waits_are_as_published_and_shorter_in_the_last_half_year(past):
    came = [one for one in past if one.became is Became.DONE]
    before = [one.waited for one in came if one.day < DAYS - LATELY]
    lately = [one.waited for one in came if one.day >= DAYS - LATELY]
    assert abs(median(before) - 9) < 0.4
    assert abs(median(lately) - 6.3) < 0.4
    assert abs(sum(one <= 10 for one in before) / len(before) - 0.55) < 0.03
    assert abs(sum(one <= 10 for one in lately) / len(lately) - 0.75) < 0.04


def test_goals_begin_and_rise_as_published(pursuits):
    assert abs(mean(one.going[0] for one in pursuits) - 3.9) < 0.1
    assert abs(mean(one.rise for one in pursuits) - 2.6) < 0.2
    assert abs(pstdev([one.rise for one in pursuits]) - 2.0) < 0.3
    assert abs(mean(one.happy[0] for one in pursuits) - 3.3) < 0.15
    assert abs(mean(one.happy[-1] - one.happy[0] for one in pursuits) - 2.9) < 0.3


def test_ladders_end_around_what_was_hoped_for(pursuits):
    levels = [one.level for one in pursuits if one.baseline is not None]
    assert abs(mean(levels)) < 0.35
    assert set(levels) <= {-2, -1, 0, 1, 2}


def test_a_third_of_the_episodes_just_end_and_leave_goals_open(episodes):
    over = [one for one in episodes if one.is_over]
    assert 0.25 < sum(one.just_ended for one in over) / len(over) < 0.35
    for one in over:
        left = {pursuit.end for pursuit in one.pursuits}
        assert left <= ({End.OPEN} if one.just_ended else {End.REACHED, End.ASIDE})


def test_days_go_forward_and_the_book_is_filled_ahead(episodes):
    for one in episodes:
        assert all(first.day < second.day for first, second in pairwise(one.bookings))
    ahead = [each.day for one in episodes for each in one.bookings if each.day >= DAYS]
    assert ahead
    assert max(ahead) < DAYS + BOOKED_AHEAD


def test_ratings_are_made_at_visits_that_took_place(episodes):
    for one in episodes:
        for pursuit in one.pursuits:
            assert len(pursuit.going) == len(pursuit.happy) == len(pursuit.at) >= 2
            assert all(one.bookings[n].became is Became.DONE for n in pursuit.at)
