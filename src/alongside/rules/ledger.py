"""What was told about waits, beside what came: both clocks, kept times, silent overruns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

from alongside.rules import span
from alongside.rules.intervals import wilson

TEN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One told wait: when it reached the client (None: it never did), and the time it gave."""

    reached_at: datetime | None
    by: datetime


@dataclass(frozen=True, kw_only=True)
class Waited:
    """One visit whose person came in: its times (aware) and every wait told, in order.

    What follows is worked out once: a visit is summed up by day, therapist and kind.
    """

    booked_at: datetime
    arrived_at: datetime
    started_at: datetime
    words: tuple[Word, ...] = ()

    @cached_property
    def since_check_in(self) -> timedelta:
        """The first clock: from check-in to the start."""
        return span.waited(self.arrived_at, self.started_at)

    @cached_property
    def past_time(self) -> timedelta:
        """The second clock: from the later of check-in and the booked time."""
        return span.waited(span.later(self.arrived_at, self.booked_at), self.started_at)

    @cached_property
    def first_kept(self) -> bool | None:
        """Whether the time told at check-in was kept; None where none was told."""
        if not self.words:
            return None
        return self.started_at.astimezone(UTC) <= self.words[0].by.astimezone(UTC)

    @cached_property
    def was_silent(self) -> bool:
        """Whether a told time passed before newer word reached the client: our fault."""
        return any(_passed(word, self.words[n + 1 :], self.started_at) for n, word in _each(self))


def _each(visit: Waited) -> list[tuple[int, Word]]:
    return [(n, word) for n, word in enumerate(visit.words) if word.reached_at is not None]


def _passed(word: Word, later: Sequence[Word], started_at: datetime) -> bool:
    newer = [one.reached_at for one in later if one.reached_at is not None]
    return word.by.astimezone(UTC) < min(at.astimezone(UTC) for at in (*newer, started_at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many of so many, with its Wilson 95 % interval; no share without cases."""

    hits: int
    n: int

    @property
    def share(self) -> float | None:
        """In 0..1, or None when there are no cases."""
        return self.hits / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval in 0..1."""
        return wilson(self.hits, self.n)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The ledger's figures over some visits."""

    n: int
    ten_since_check_in: Share
    ten_past_time: Share
    kept: Share
    silent: int
    told: int
    middle: timedelta | None

    @property
    def updates(self) -> float | None:
        """Tellings a visit after the first, on average over those told at all."""
        return (self.told - self.kept.n) / self.kept.n if self.kept.n else None


def figures(visits: Sequence[Waited]) -> Figures:
    """Work the ledger's figures out; visits without any told wait count in both clocks only."""
    n = len(visits)
    told = [visit for visit in visits if visit.words]
    waits = sorted(visit.since_check_in for visit in visits)
    return Figures(
        n=n,
        ten_since_check_in=Share(hits=sum(v.since_check_in <= TEN for v in visits), n=n),
        ten_past_time=Share(hits=sum(v.past_time <= TEN for v in visits), n=n),
        kept=Share(hits=sum(v.first_kept is True for v in told), n=len(told)),
        silent=sum(v.was_silent for v in told),
        told=sum(len(v.words) for v in told),
        middle=_median(waits),
    )


def _median(waits: Sequence[timedelta]) -> timedelta | None:
    if not waits:
        return None
    half = len(waits) // 2
    return waits[half] if len(waits) % 2 else (waits[half - 1] + waits[half]) / 2
