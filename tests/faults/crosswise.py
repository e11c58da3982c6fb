"""Eight desks do everything that writes the book at once, each at random in its own process.

`python -m tests.faults.crosswise TIMES [unturned]` works on the database that the environment
names, made by `tests.faults.booking make`: each desk does so many things with the same few people.
`unturned` is the control, in which nobody waits for their turn. Prints what happened as JSON.
"""

import json
import multiprocessing
import os
import random
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from tests.faults.booking import DESKS, FIRST

DAYS, THERAPISTS, CLIENTS = 3, 3, 12
WEEK = timedelta(days=7)


class Desk:
    """One desk with dice of its own, and the people whom all of them book."""

    def __init__(self, number: int) -> None:
        from alongside.clinics.models import Room, VisitKind
        from alongside.people.actors import of_client, of_staff
        from alongside.people.models import Client, Staff

        self.dice = random.Random(number)
        self.kind = VisitKind.objects.get()
        self.therapists = list(Staff.objects.order_by("name").prefetch_related("kinds"))[
            :THERAPISTS
        ]
        self.clients = list(Client.objects.order_by("first_name")[:CLIENTS])
        self.rooms = [*Room.objects.order_by("name"), None]
        self.of_client = of_client
        self.how: dict[str, Any] = {"by": of_staff(self.therapists[0]), "now": FIRST - WEEK}

    def at(self) -> datetime:
        minutes = 9 * 60 + 15 * self.dice.randrange(16)
        return FIRST + timedelta(days=self.dice.randrange(DAYS), minutes=minutes)

    def booked(self) -> Any:
        from alongside.visits.models import Visit

        rows = list(Visit.objects.filter(state="booked").select_related("client", "clinic")[:60])
        return self.dice.choice(rows) if rows else None

    def series(self) -> None:
        from alongside.visits.actions.series import book_series

        who, whom = self.dice.choice(self.therapists), self.dice.choice(self.clients)
        room, first = self.dice.choice(self.rooms), self.at()
        starts = [first + n * timedelta(days=1) for n in range(3)]
        book_series(whom, who, self.kind, starts, room=room, **self.how)

    def move(self) -> None:
        from alongside.visits.actions.change import move_visit

        if visit := self.booked():
            who, room = self.dice.choice(self.therapists), self.dice.choice(self.rooms)
            move_visit(visit, to=self.at(), therapist=who, room=room, **self.how)

    def cancel(self) -> None:
        from alongside.visits.actions.cancel import cancel_visit

        if visit := self.booked():
            cancel_visit(visit, **self.how)

    def bring(self) -> None:
        from alongside.rules.scheduling.csv_text import read_sheet
        from alongside.visits.actions.import_csv import import_bookings

        lines = ["date,time,therapist,kind,first_name,last_name"]
        for _ in range(3):
            who, whom = self.dice.choice(self.therapists), self.dice.choice(self.clients)
            lines.append(f"{self.at():%Y-%m-%d,%H:%M},{who.name},Visit,{whom.first_name},Row")
        import_bookings(read_sheet("\n".join(lines)), **self.how)

    def miss_and_undo(self) -> None:
        from alongside.visits.actions.not_here import did_not_come
        from alongside.visits.actions.undo import undo
        from alongside.visits.models import Step

        if visit := self.booked():
            did_not_come(visit, **self.how)
            undo(Step.objects.get(visit=visit, version_after=visit.version), **self.how)

    def mood(self) -> None:
        from alongside.visits.actions.mood import say_mood

        if visit := self.booked():
            say_mood(visit, 2, by=self.of_client(visit.client), now=self.how["now"])

    def work_out(self) -> None:
        from alongside.visits.actions.work_out import work_out

        work_out(self.at())

    def acts(self) -> list[Callable[[], None]]:
        many = [self.series, self.move, self.cancel, self.bring, self.miss_and_undo]
        return [*many, *many, self.mood, self.work_out]


def desk(
    number: int, times: int, begin: multiprocessing.Barrier, told: multiprocessing.Queue
) -> None:
    """Do so many things; tell what came of each."""
    from django.db import connection

    from alongside.clinics.current import working_in
    from alongside.clinics.models import Clinic
    from alongside.visits.actions.import_csv import BookJustChanged, ImportRefused
    from alongside.visits.actions.refusals import NotBooked
    from alongside.visits.actions.step import NotFromHere, SomebodyWasFaster
    from alongside.visits.actions.undo import NothingToUndo

    said = (
        NotBooked,
        ImportRefused,
        BookJustChanged,
        NotFromHere,
        SomebodyWasFaster,
        NothingToUndo,
    )
    came: Counter[str] = Counter()
    with working_in(Clinic.objects.get()):
        here = Desk(number)
        acts = here.acts()
        connection.ensure_connection()
        begin.wait(30)
        for _ in range(times):
            act = here.dice.choice(acts)
            try:
                act()
                came["done"] += 1
            except said:
                came["refused"] += 1
            except Exception as error:
                came["unhandled"] += 1
                if came["unhandled"] <= 3:
                    print(f"desk {number}, {act.__name__}: {error!r}", file=sys.stderr)
    told.put(dict(came))


def overlaps() -> int:
    """Count the neighbours in anybody's or any room's book that share a time."""
    from alongside.clinics.current import across_clinics
    from alongside.visits.models import Visit

    found = 0
    with across_clinics("a test counts"):
        for whose in ("therapist_id", "room_id", "client_id"):
            held = Visit.objects.holding_time().exclude(**{whose: None})
            rows = held.order_by(whose, "booked_at").values_list(whose, "booked_at", "ends_at")
            found += sum(a[0] == b[0] and b[1] < a[2] for a, b in pairwise(rows))
    return found


def race(times: int) -> dict[str, int]:
    """Let eight desks work at once; give what came of it."""
    from django.db import connection

    connection.close()  # each process opens its own
    fork = multiprocessing.get_context("fork")
    begin, told = fork.Barrier(DESKS), fork.Queue()
    desks = [fork.Process(target=desk, args=(n, times, begin, told)) for n in range(DESKS)]
    for one in desks:
        one.start()
    came: Counter[str] = Counter()
    for _ in desks:
        came.update(told.get(timeout=1100))
    for one in desks:
        one.join(30)
    return {"unhandled": 0, **came, "overlaps": overlaps()}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")
    import django

    django.setup()
    from alongside.clinics import turn
    from alongside.clinics.current import working_in
    from alongside.clinics.models import Clinic, OpeningHours, Room

    with working_in(Clinic.objects.get()):
        for number in (1, 2):
            Room.objects.get_or_create(name=f"Room {number}")
        OpeningHours.objects.all().delete()
    if sys.argv[2:] == ["unturned"]:
        turn.TAKE = "SELECT %s"
    print(json.dumps(race(int(sys.argv[1]))))


if __name__ == "__main__":
    main()
