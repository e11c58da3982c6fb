"""Who and what a line of a list means: therapist, kind, room, and the client it is about."""

from collections import defaultdict
from typing import TypeVar

from alongside.clinics.models import Clinic, Room, VisitKind
from alongside.people.models import Client, Staff
from alongside.rules.scheduling.csv_rows import BadCell, Fault, Row
from alongside.visits.queries.bookings import bookable
from alongside.visits.queries.import_plan import Wished, fault_in

Name = tuple[str, str]
_T = TypeVar("_T", Staff, VisitKind, Room)


class Book:
    """What is known of the clinic while lines are compared with it."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic = clinic
        self.therapists = list(bookable().select_related("user").prefetch_related("kinds"))
        self.kinds = list(VisitKind.objects.order_by("name"))
        self.rooms = list(Room.objects.order_by("name"))
        self.by_number: dict[str, Client] = {}
        self.by_name: dict[Name, list[Client]] = defaultdict(list)
        self.new: list[Client] = []
        for client in Client.objects.filter(erased_at=None).order_by("pk"):
            self.know(client)

    def know(self, client: Client) -> None:
        """Remember a client, so that a later line finds the same one."""
        if client.number:
            self.by_number[client.number] = client
        self.by_name[_name(client.first_name, client.last_name)].append(client)

    def add(self, row: Row) -> Client:
        """Think of a client that is not in the book yet."""
        prefers = "email" if row.email else "sms" if row.mobile else "none"
        client = Client(
            clinic_id=self.clinic.pk,
            first_name=row.first_name,
            last_name=row.last_name,
            number=row.number,
            email=row.email,
            mobile=row.mobile,
            called=row.called,
            language=row.language or self.clinic.languages[0],
            prefers=prefers,
        )
        self.new.append(client)
        self.know(client)
        return client


def resolve(row: Row, book: Book, faults: list[Fault]) -> Wished | None:
    """Find everybody a line means, or add to `faults` whom we do not know."""
    therapist = _one(row, "therapist", book.therapists, BadCell.UNKNOWN_THERAPIST, faults)
    kind = _one(row, "kind", book.kinds, BadCell.UNKNOWN_KIND, faults)
    room = _one(row, "room", book.rooms, BadCell.UNKNOWN_ROOM, faults) if row.room else None
    if therapist and kind:
        offered = {one.pk for one in therapist.kinds.all()}
        if offered and kind.pk not in offered:
            meant = tuple(str(one) for one in therapist.kinds.all())
            faults.append(fault_in(row, "kind", BadCell.NOT_OFFERED, meant))
    if faults or therapist is None or kind is None:
        return None
    client = _client(row, book, faults)
    if client is None:
        return None
    return Wished(row=row, client=client, therapist=therapist, kind=kind, room=room)


def _one(row: Row, column: str, known: list[_T], what: BadCell, faults: list[Fault]) -> _T | None:
    wished = getattr(row, column).casefold()
    found = [one for one in known if wished in _called(one)]
    if len(found) == 1:
        return found[0]
    faults.append(fault_in(row, column, what, tuple(one.name for one in known)))
    return None


def _called(one: Staff | VisitKind | Room) -> set[str]:
    names = {one.name}
    if isinstance(one, Staff):
        names |= {one.short_name, one.user.email}
    if isinstance(one, VisitKind):
        names |= {one.name_fr}
    return {name.casefold() for name in names if name}


def _client(row: Row, book: Book, faults: list[Fault]) -> Client | None:
    """Find who is meant: by number, else by name; two of one name need a number."""
    if row.number:
        known = book.by_number.get(row.number)
        if known and _name(known.first_name, known.last_name) != _name(
            row.first_name, row.last_name
        ):
            faults.append(fault_in(row, "number", BadCell.NUMBER_OF_ANOTHER))
            return None
        return known or book.add(row)
    named = book.by_name.get(_name(row.first_name, row.last_name), [])
    if len(named) > 1:
        faults.append(fault_in(row, "first_name", BadCell.CLIENT_UNCLEAR))
        return None
    return named[0] if named else book.add(row)


def _name(first: str, last: str) -> Name:
    return first.casefold(), last.casefold()
