"""Eight desks book the same four hundred times at once, in processes of their own.

`python -m tests.faults.booking make|race|clear|check-first` works on the database that the
environment names: `race` books as the product does, `check-first` looks and then writes with the
guard taken away. Prints what happened as JSON.
"""

import json
import multiprocessing
import os
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

SEED, SLOTS, THERAPISTS, DAYS = 2, 400, 10, 40
DESKS = 8
LENGTH = timedelta(minutes=45)
FIRST = datetime(2027, 3, 1, tzinfo=UTC)
THINK = 0.002


@dataclass(frozen=True)
class Slot:
    """One time with one therapist."""

    therapist: int
    start: datetime

    @property
    def end(self) -> datetime:
        return self.start + LENGTH


def sequence() -> list[Slot]:
    """The seeded times that every desk tries in the same order."""
    dice = random.Random(SEED)
    slots = []
    for _ in range(SLOTS):
        minute = 9 * 60 + 5 * dice.randrange(84)
        start = FIRST + timedelta(days=dice.randrange(DAYS), minutes=minute)
        slots.append(Slot(dice.randrange(THERAPISTS), start))
    return slots


def serial_oracle(slots: list[Slot]) -> set[int]:
    """Which of them one careful person would book, one after the other."""
    booked: set[int] = set()
    for index, slot in enumerate(slots):
        mine = (slots[i] for i in booked if slots[i].therapist == slot.therapist)
        if not any(other.start < slot.end and slot.start < other.end for other in mine):
            booked.add(index)
    return booked


def make() -> None:
    """A clinic, its ten therapists and four hundred clients."""
    from alongside.clinics.current import working_in
    from alongside.clinics.models import Clinic, Network, VisitKind
    from alongside.people.models import Client, Staff, User

    network = Network.objects.create(name="Two Streets")
    clinic = Clinic.objects.create(network=network, name="Harbour Street OT", languages=["en"])
    with working_in(clinic):
        VisitKind.objects.create(name="Visit", planned=LENGTH)
        for number in range(THERAPISTS):
            name = f"Therapist {number}"
            user = User.objects.create(email=f"{number}@example.org", name=name)
            Staff.objects.create(user=user, role="therapist", name=name, short_name=name)
        Client.objects.bulk_create(
            Client(clinic=clinic, first_name=f"Client {n:03}", prefers="none") for n in range(SLOTS)
        )


def desk(
    number: int, how: str, begin: multiprocessing.Barrier, told: multiprocessing.Queue
) -> None:
    """Try every time in order; tell what came of each try."""
    from django.db import connection

    from alongside.clinics.current import working_in
    from alongside.clinics.models import Clinic, VisitKind
    from alongside.people.actors import of_staff
    from alongside.people.models import Client, Staff
    from alongside.visits.actions.book import book_visit
    from alongside.visits.actions.refusals import SlotJustTaken
    from alongside.visits.models import Visit

    clinic = Clinic.objects.get()
    came: Counter[str] = Counter()
    with working_in(clinic):
        kind = VisitKind.objects.get()
        therapists = list(Staff.objects.order_by("name").prefetch_related("kinds"))
        clients = list(Client.objects.order_by("first_name"))
        by, now = of_staff(therapists[0]), FIRST - timedelta(days=1)
        connection.ensure_connection()
        begin.wait(30)
        for index, slot in enumerate(sequence()):
            who = therapists[slot.therapist]
            try:
                if how == "race":
                    book_visit(
                        clients[index],
                        who,
                        kind,
                        slot.start,
                        by=by,
                        now=now,
                        is_first=False,
                        confirm=False,
                    )
                elif Visit.objects.overlapping(slot.start, slot.end).filter(therapist=who).exists():
                    raise SlotJustTaken("therapist", who.name, slot.start, clinic.zone)
                else:
                    time.sleep(THINK)
                    Visit(
                        clinic=clinic, client=clients[index], therapist=who, kind=kind,
                        booked_at=slot.start, planned=LENGTH,
                    ).save()  # fmt: skip
                came["booked"] += 1
            except SlotJustTaken:
                came["refused"] += 1
            except Exception as error:
                came["unhandled"] += 1
                if came["unhandled"] <= 3:
                    print(f"desk {number}: {error!r}", file=sys.stderr)
    told.put(dict(came))


def take_the_guard_away() -> None:
    from django.db import connection

    from alongside.clinics.database import as_owner

    with as_owner(connection), connection.cursor() as cursor:
        for who in ("therapist", "room", "client"):
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE visits_visit DROP CONSTRAINT double_booked_{who}")
            else:
                cursor.execute(f"DROP TRIGGER double_booked_{who}_insert")
                cursor.execute(f"DROP TRIGGER double_booked_{who}_update")


def overlaps() -> int:
    """Count the neighbours in each therapist's book that share a time."""
    from alongside.clinics.current import across_clinics
    from alongside.visits.models import Visit

    with across_clinics("a test counts"):
        rows = list(Visit.objects.order_by("therapist_id", "booked_at").values_list(
            "therapist_id", "booked_at", "ends_at"
        ))  # fmt: skip
    return sum(a[0] == b[0] and b[1] < a[2] for a, b in pairwise(rows))


def race(how: str) -> dict[str, int]:
    """Let eight desks try at once; give what came of it."""
    from django.db import connection

    from alongside.clinics.current import across_clinics
    from alongside.visits.models import Visit

    connection.close()  # each process opens its own
    fork = multiprocessing.get_context("fork")
    begin, told = fork.Barrier(DESKS), fork.Queue()
    desks = [fork.Process(target=desk, args=(n, how, begin, told)) for n in range(DESKS)]
    for one in desks:
        one.start()
    came: Counter[str] = Counter()
    for _ in desks:
        came.update(told.get(timeout=560))
    for one in desks:
        one.join(30)
    with across_clinics("a test counts"):
        rows = Visit.objects.count()
    return {**came, "rows": rows, "overlaps": overlaps()}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")
    import django

    django.setup()
    how = sys.argv[1]
    if how == "make":
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        make()
        print("{}")
        return
    if how == "clear":
        from alongside.clinics.current import working_in
        from alongside.clinics.models import Clinic
        from alongside.visits.models import Visit

        with working_in(Clinic.objects.get()):
            Visit.objects.all().delete()
        print("{}")
        return
    if how == "check-first":
        take_the_guard_away()
    print(json.dumps(race(how)))


if __name__ == "__main__":
    main()
