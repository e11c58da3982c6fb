"""Years of a clinic, life by life: how often people come, how long they wait, how it goes.

Drawn from published figures (each named where it stands); the same seed gives the same lives. A
life knows nothing of clinics or rows: days are counted from the first of these years.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import log
from random import Random

from alongside.demo.hopes import going_of, to_ten

# How often one client stays away: mean 20.6 %, 71 in 100 at least once in ten visits (Bhavsar 2021:
# 73 in 100 miss at least one visit of an episode). Half of it is called off before.
STAYS_AWAY = (0.93, 3.57)
CALLED_OFF = 0.5
# Visits of an episode: median 8, the middle half 5 to 13, no more than 40.
VISITS_MEDIAN, VISITS_SPREAD, VISITS_MOST = 8.0, 0.72, 40
# 25 to 35 in 100 episodes end without an end.
JUST_ENDS = 0.30
COMES_AGAIN = 0.25
# Minutes of waiting: median 9, P80 18; in the last half year, with waits told, median 6.3.
WAIT, WAIT_LATELY = (9.0, 0.82), (6.3, 0.68)
LATELY = 183
# The first visit takes about an hour, later ones 45 minutes with a standard deviation of 8.
FIRST_TAKES, TAKES, TAKES_SPREAD = 60.0, 45.0, 8.0
HAPPY_FIRST, HAPPY_RISE = (3.3, 1.8), (3.6, 1.7)
# Of 100 who are asked after a visit, 35 answer.
ANSWERS = 0.35
# So far ahead the book is filled.
BOOKED_AHEAD = 28


class Became(StrEnum):
    """What became of a booking."""

    DONE = "done"
    MISSED = "missed"
    CANCELLED = "cancelled"
    BOOKED = "booked"


class End(StrEnum):
    """How a goal or an episode ended, so far."""

    REACHED = "reached"
    ASIDE = "aside"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """One visit in the book; minutes where the person came."""

    day: int
    became: Became
    is_first: bool
    told: float = 0.0
    waited: float = 0.0
    took: float = 0.0
    answers: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pursuit:
    """A goal: ratings at the visits of these numbers, how it ended, a ladder's levels if any."""

    going: tuple[int, ...]
    happy: tuple[int, ...]
    at: tuple[int, ...]
    end: End
    baseline: int | None
    level: int
    steps: int
    told: int

    @property
    def rise(self) -> int:
        """From the first rating to the last."""
        return self.going[-1] - self.going[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """From a first visit to the last one; `is_over`: nothing is booked any more."""

    bookings: tuple[Booking, ...]
    pursuits: tuple[Pursuit, ...]
    is_over: bool
    just_ended: bool

    @property
    def came(self) -> tuple[Booking, ...]:
        """The visits that took place."""
        return tuple(one for one in self.bookings if one.became is Became.DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What a clinic has of one person in these years."""

    episodes: tuple[Episode, ...]


def life_of(rng: Random, *, days: int, most_visits: int = VISITS_MOST) -> Life:
    """Draw one client's years: the first visit on some day of them, up to today and booked on."""
    away = rng.betavariate(*STAYS_AWAY)
    begins, episodes = rng.randrange(days), []
    while begins < days:
        one = _episode(rng, begins, days=days, away=away, most=most_visits)
        episodes.append(one)
        if not one.is_over or rng.random() >= COMES_AGAIN:
            break
        begins = one.bookings[-1].day + rng.randrange(60, 400)
    return Life(episodes=tuple(episodes))


def _episode(rng: Random, begins: int, *, days: int, away: float, most: int) -> Episode:
    length = round(rng.lognormvariate(log(VISITS_MEDIAN), VISITS_SPREAD))
    length = min(most, max(1, length))
    bookings: list[Booking] = []
    day, just_ends = begins, rng.random() < JUST_ENDS
    for number in range(length):
        if day >= days + BOOKED_AHEAD:
            break
        bookings.append(_booking(rng, day, number == 0, days=days, away=away))
        # Once or twice a week.
        day += rng.choice((3, 4, 7, 7))
    is_over = bookings[-1].day < days
    came = [n for n, one in enumerate(bookings) if one.became is Became.DONE]
    pursuits = [
        _pursuit(rng, came, is_over=is_over, just_ends=just_ends)
        for _ in range(rng.choice((1, 2, 2, 3, 3, 4)) if len(came) > 1 else 0)
    ]
    return Episode(
        bookings=tuple(bookings),
        pursuits=tuple(pursuits),
        is_over=is_over,
        just_ended=is_over and just_ends,
    )


def _booking(rng: Random, day: int, is_first: bool, *, days: int, away: float) -> Booking:
    if day >= days:
        return Booking(day=day, became=Became.BOOKED, is_first=is_first)
    # Somebody of whom nothing is known yet is met once: who never came is no client of ours.
    if not is_first and rng.random() < away:
        became = Became.CANCELLED if rng.random() < CALLED_OFF else Became.MISSED
        return Booking(day=day, became=became, is_first=is_first)
    median, spread = WAIT_LATELY if day >= days - LATELY else WAIT
    return Booking(
        day=day,
        became=Became.DONE,
        is_first=is_first,
        told=max(1.0, rng.gauss(median, 2.5)),
        waited=min(120.0, rng.lognormvariate(log(median), spread)),
        took=max(15.0, rng.gauss(FIRST_TAKES if is_first else TAKES, TAKES_SPREAD)),
        answers=rng.random() < ANSWERS,
    )


def _pursuit(rng: Random, came: list[int], *, is_over: bool, just_ends: bool) -> Pursuit:
    """A goal of an episode with visits at these numbers of the book: two ratings at least."""
    count = min(len(came), max(2, round(len(came) * rng.uniform(0.3, 0.6))))
    at = tuple(came[round(n * (len(came) - 1) / (count - 1))] for n in range(count))
    going = going_of(rng, count)
    rise = going[-1] - going[0]
    end = End.OPEN
    if is_over and not just_ends:
        end = End.REACHED if rise >= 2 and rng.random() < 0.8 else End.ASIDE
    baseline = rng.choice((-1, -1, -2)) if rng.random() < 0.4 else None
    return Pursuit(
        going=going,
        happy=_happy(rng, count, rise),
        at=at,
        end=end,
        baseline=baseline,
        level=_level(rng, rise, baseline or -1),
        steps=rng.choice((0, 1, 2, 2, 3, 4)),
        told=rng.choice((0, 0, 1, 1, 2, 3)),
    )


def _happy(rng: Random, count: int, rise: int) -> tuple[int, ...]:
    """How happy with it: it begins lower than how it goes, and rises a little more."""
    first = to_ten(rng.gauss(*HAPPY_FIRST))
    last = to_ten(first + (max(0.0, rng.gauss(*HAPPY_RISE)) if rise > 0 else 0))
    steps = max(count - 1, 1)
    return tuple(to_ten(first + (last - first) * n / steps) for n in range(count))


def _level(rng: Random, rise: int, baseline: int) -> int:
    """Where its ladder came to: around what was hoped for, a third above or below."""
    if rise <= 0:
        return baseline if rise == 0 else -2
    return rng.choices((-1, 0, 1, 2), weights=(25, 45, 22, 8))[0]
