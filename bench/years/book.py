"""Visits in the book and what became of each: waits, steps, letters, notes, a word afterwards."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from gather import Gathered, Who
from place import SLOTS

from alongside.access.models import Link, Purpose
from alongside.careplans.models import Heard, Note
from alongside.demo.years import Became, Booking
from alongside.messaging.models import Message
from alongside.people.models import Staff
from alongside.visits.actions.check_in import LETTERS
from alongside.visits.models import Step, Told, Visit

MINUTE = timedelta(minutes=1)
LENGTH = 45 * MINUTE
DID = (
    "We cut vegetables with the angled knife, standing, with two breaks.",
    "Grip and release with the putty, then the same with a cup and a kettle.",
    "We walked to the corner shop and back and carried a bag of two kilos.",
    "Buttons, laces and the zip of the winter coat; the button hook helps.",
    "We wrote a shopping list by hand and read it aloud.",
    "The steps to the front door with the new rail, four times.",
)
NEXT = (
    "Try it once at home before we meet again, and tell me how it went.",
    "Bring the jar that will not open.",
    "Ten minutes in the kitchen every second day, with the stool near by.",
    "",
)
LETTER = """Hello {name},

Your visit is booked: {when}.

The blue door beside the bakery. Push the wide button: the door opens by itself.
What to bring: your glasses, if you wear any, and something you would like to do again.

Confirm, change or cancel here: https://example.invalid/v/{token}/

{clinic}
"""


@dataclass
class Book:
    """Who has which time of which therapist."""

    gathered: Gathered
    taken: dict[tuple[UUID, int], set[int]] = field(default_factory=lambda: defaultdict(set))
    codes: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def slot(self, therapist: Staff, day: int) -> tuple[Staff, int] | None:
        """Find a free time on this day, with this therapist or else with another."""
        team = self.gathered.place.therapists
        start = team.index(therapist)
        for who in (*team[start:], *team[:start]):
            taken = self.taken[who.pk, day]
            free = [one for one in range(SLOTS) if one not in taken]
            if free:
                one = self.gathered.rng.choice(free)
                taken.add(one)
                return who, one
        return None

    def code(self, day: int) -> str:
        """Give the next code of a day."""
        n = self.codes[day]
        self.codes[day] += 1
        return f"{LETTERS[n % len(LETTERS)]}{2 + n // len(LETTERS)}"


@dataclass(frozen=True, kw_only=True)
class Written:
    """A visit that is in the book; `ended_at` where it took place."""

    key: UUID
    at: datetime
    ended_at: datetime | None


def book(into: Book, who: Who, one: Booking) -> Written | None:
    """Write a booking down with everything that belongs to it; None where all is full."""
    found = into.slot(who.therapist, one.day)
    if found is None:
        return None
    therapist, slot = found
    gathered, at = into.gathered, into.gathered.place.at(one.day, slot)
    values = _became(into, one, at)
    booked = at - timedelta(days=gathered.rng.randrange(5, 9))
    key = gathered.add(
        Visit,
        booked,
        client_id=who.key,
        therapist_id=therapist.pk,
        kind_id=(gathered.place.first_visit if one.is_first else gathered.place.visit).pk,
        day=at.date(),
        booked_at=at,
        planned=LENGTH,
        ends_at=at + LENGTH,
        is_first=one.is_first,
        reminded_at=min(at - timedelta(days=1), gathered.place.now),
        **values,
    )
    _around(gathered, who, therapist, key, booked, at)
    ended = values.get("finished_at")
    if values.get("arrived_at"):
        _waited(gathered, key, one, values)
    if values["state"] == "done":
        _done(gathered, who, therapist, key, one, values)
    return Written(key=key, at=at, ended_at=ended)


def _became(into: Book, one: Booking, at: datetime) -> dict[str, Any]:
    """Say what stands in the row of a visit, by what became of it and what time it is now."""
    now, rng = into.gathered.place.now, into.gathered.rng
    if one.became is Became.BOOKED and at.date() == now.date():
        return _today(into, one, at, now)
    if one.became is Became.MISSED:
        return {"state": "missed", "missed_at": at + 20 * MINUTE}
    if one.became is Became.CANCELLED:
        return {"state": "cancelled", "cancelled_at": at - timedelta(hours=rng.randrange(4, 70))}
    if one.became is Became.BOOKED:
        return {"state": "booked"}
    arrived = at - rng.uniform(0, 12) * MINUTE
    started = arrived + one.waited * MINUTE
    return {
        "state": "done",
        **_here(into, one, arrived),
        "called_at": started - MINUTE,
        "started_at": started,
        "finished_at": started + one.took * MINUTE,
        "mood": rng.choice((None, None, 1, 2, 3, 3, 4)),
    }


def _today(into: Book, one: Booking, at: datetime, now: datetime) -> dict[str, Any]:
    """Somebody of today: over, with their therapist, waiting, or expected."""
    here = _here(into, one, at - 6 * MINUTE)
    went_in = {**here, "called_at": at - MINUTE, "started_at": at}
    if at + LENGTH < now:
        return {"state": "done", **went_in, "finished_at": at + LENGTH}
    if at < now:
        return {"state": "with", **went_in}
    return {"state": "here", **here} if here["arrived_at"] < now else {"state": "booked"}


def _here(into: Book, one: Booking, arrived: datetime) -> dict[str, Any]:
    channel = into.gathered.rng.choice(("phone", "desk", "door", "kiosk"))
    return {"arrived_at": arrived, "arrived_by": channel, "code": into.code(one.day)}


def _around(
    gathered: Gathered, who: Who, therapist: Staff, key: UUID, booked: datetime, at: datetime
) -> None:
    """Write what belongs to every booking: its letters, its link, who saw it on a list."""
    record, place = gathered.record, gathered.place
    record.staff(booked, place.desk, "visits.book", who.key, key)
    record.saw(booked, place.desk, "visits.see_bookings", who.key)
    token = sha256(key.bytes).hexdigest()
    words = LETTER.format(
        name=who.name, when=f"{at:%d.%m. %H:%M}", token=token[:32], clinic=place.clinic.name
    )
    letters = [("visits.confirmation", booked), ("visits.reminder", at - timedelta(days=1))]
    for template, written in letters[: 0 if gathered.thin else 2]:
        if written > place.now:
            continue
        gathered.add(
            Message,
            written,
            client_id=who.key,
            about=key,
            template=template,
            channel="email",
            to=who.email,
            language=who.language,
            subject="Your visit",
            body=words,
            key=f"{template}:{key}",
            queued_at=written,
            send_after=written,
            attempts=1,
            sent_at=written + timedelta(seconds=4),
        )
        record.clock(written, "messaging.queue", who.key, key)
    gathered.add(
        Link,
        booked,
        digest=token,
        purpose=Purpose.VISIT,
        subject=key,
        client_id=who.key,
        made_at=booked,
        expires_at=at + timedelta(days=2),
    )
    record.boards(at.replace(hour=8, minute=0), who.key, therapist)


def _waited(gathered: Gathered, key: UUID, one: Booking, values: dict[str, Any]) -> None:
    arrived, told = values["arrived_at"], one.told or 6.0
    started = values.get("started_at")
    _tell(gathered, key, arrived, told, "first", 0)
    by = arrived + 1.6 * told * MINUTE
    if started and started > by:
        _tell(gathered, key, by - MINUTE, 1.3 * told, "earlier_visit_longer", 1)


def _tell(
    gathered: Gathered, key: UUID, at: datetime, told: float, reason: str, longer: int
) -> None:
    gathered.add(
        Told,
        at,
        visit_id=key,
        told_at=at,
        low=0.6 * told * MINUTE,
        high=1.6 * told * MINUTE,
        likely=told * MINUTE,
        by=at + 1.6 * told * MINUTE,
        reason=reason,
        channels=["phone", "desk"],
        news=longer,
        longer=longer,
        numbers={"quantiles": [round(told * n / 5, 1) for n in range(1, 10)], "over_ten": 0.31},
    )


def _done(
    gathered: Gathered,
    who: Who,
    therapist: Staff,
    key: UUID,
    one: Booking,
    values: dict[str, Any],
) -> None:
    rng, record = gathered.rng, gathered.record
    steps = (
        ("check_in", values["arrived_at"], gathered.place.desk, "booked"),
        ("call", values["called_at"], therapist, "here"),
        ("start", values["started_at"], therapist, "called"),
        ("finish", values["finished_at"], therapist, "with"),
    )
    for number, (verb, at, by, before) in enumerate(steps, start=1):
        record.staff(at, by, f"visits.{verb}", who.key, key)
        if not gathered.thin:
            gathered.add(
                Step,
                at,
                visit_id=key,
                verb=verb,
                at=at,
                actor_kind=by.role,
                actor_label=by.name,
                before={"state": before},
                version_before=number,
                version_after=number + 1,
            )
    ended = values["finished_at"]
    if rng.random() < 0.9:
        written = ended + 6 * MINUTE
        record.saw(ended - 10 * MINUTE, therapist, "visits.see_visit", who.key)
        record.saw(ended - 9 * MINUTE, therapist, "people.read_card", who.key)
        note = gathered.add(
            Note,
            written,
            client_id=who.key,
            visit_id=key,
            did=rng.choice(DID),
            next_step=rng.choice(NEXT),
            how_client=rng.choice((None, 5, 6, 7, 8, 8, 9)),
            how_us=rng.choice((None, 5, 6, 7, 8)),
            setting=rng.choice(("clinic", "clinic", "clinic", "home", "work")),
            written_at=written,
            by_id=therapist.pk,
        )
        record.staff(written, therapist, "careplans.write_note", who.key, note)
    if one.answers:
        felt = [rng.choices(("yes", "partly", "no"), weights=(78, 16, 6))[0] for _ in range(3)]
        gathered.add(
            Heard,
            ended + timedelta(hours=3),
            client_id=who.key,
            visit_id=key,
            told_on=ended.date(),
            heard=felt[0],
            understood=felt[1],
            valued=felt[2],
        )
        record.own(ended + timedelta(hours=3), "careplans.say_heard", who.key, key)
