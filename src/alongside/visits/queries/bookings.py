"""What is in the book, and who can be put into it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from alongside.clinics.models import Clinic, VisitKind
from alongside.messaging.models import Message
from alongside.people.models import Client, Role, Staff
from alongside.ui.templatetags.ui import whole_minutes
from alongside.visits.models import State, Visit
from alongside.visits.queries.free import open_days

NOT_COUNTED = (State.CANCELLED, State.MISSED)
FOUND = 12


def booked_between(
    first: date, last: date, *, therapist: Staff | None = None, gone: bool = False
) -> QuerySet[Visit]:
    """Visits of some days, both ends included, in the order of the book."""
    rows: QuerySet[Visit] = Visit.objects.filter(day__gte=first, day__lte=last).in_order()
    if therapist is not None:
        rows = rows.filter(therapist=therapist)
    if not gone:
        rows = rows.exclude(state=State.CANCELLED)
    return rows.select_related("client", "therapist", "kind", "room")


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Some days of the book: a row for each therapist, a cell for each day, both in order."""

    days: list[date]
    rows: list[tuple[Staff, list[list[Visit]]]]

    @property
    def clients(self) -> set[UUID]:
        """Whose visits are shown."""
        return {one.client_id for _, cells in self.rows for cell in cells for one in cell}

    @property
    def is_empty(self) -> bool:
        """Whether nothing is booked on these days."""
        return not self.clients


def book_of(clinic: Clinic, first: date, count: int, therapists: Sequence[Staff]) -> Book:
    """Give so many days from the first, for these therapists; closed days only with visits."""
    days = [first + timedelta(days=n) for n in range(count)]
    cells: dict[tuple[UUID, date], list[Visit]] = defaultdict(list)
    for visit in booked_between(days[0], days[-1]):
        cells[visit.therapist_id, visit.day].append(visit)
    booked = {day for _, day in cells}
    is_open = open_days(clinic, days)
    shown = [day for day in days if count == 1 or day in booked or day in is_open]
    return Book(
        days=shown,
        rows=[(who, [cells[who.pk, day] for day in shown]) for who in therapists],
    )


def letters_about(visit: Visit) -> list[Message]:
    """What was written to the client about a visit, newest first."""
    rows = Message.objects.filter(about=visit.pk, client=visit.client_id)
    return list(rows.order_by("-queued_at", "-id"))


def whole_visit(key: UUID) -> Visit | None:
    """One visit of this clinic with everybody in it, or None."""
    rows = Visit.objects.select_related("client", "therapist", "kind", "room", "clinic")
    found: Visit | None = rows.filter(pk=key).first()
    return found


def bookable() -> QuerySet[Staff]:
    """Whom a visit can be booked with, by name."""
    return Staff.objects.filter(role=Role.THERAPIST, is_active=True).order_by("name", "id")


def offers(therapist: Staff, kind: VisitKind) -> bool:
    """Whether somebody sees clients for this kind of visit; no kinds named means all."""
    if therapist.role != Role.THERAPIST or not therapist.is_active:
        return False
    kinds = {one.pk for one in therapist.kinds.all()}
    return not kinds or kind.pk in kinds


def was_here_before(client: Client, at: datetime) -> bool:
    """Whether somebody has a visit before this one that was not called off or missed."""
    earlier = Visit.objects.filter(client=client, booked_at__lt=at)
    return bool(earlier.exclude(state__in=NOT_COUNTED).exists())


def clients_like(text: str) -> list[Client]:
    """Clients whose name or number begins like what was typed; each word narrows it."""
    rows = Client.objects.filter(erased_at=None).order_by("first_name", "last_name", "id")
    words = text.split()
    for word in words:
        rows = rows.filter(
            Q(first_name__istartswith=word)
            | Q(last_name__istartswith=word)
            | Q(called__istartswith=word)
            | Q(number__iexact=word)
        )
    return list(rows[:FOUND]) if words else []


def shorter_than_plan(client: Client, planned: timedelta) -> str:
    """Warn when a visit is shorter than this client's plan asks for (R8); "" when it is not."""
    wished = client.planned_minutes
    if wished is None or planned >= wished:
        return ""
    return _("This visit is %(minutes)s minutes. %(name)s's plan asks for %(wished)s.") % {
        "minutes": whole_minutes(planned),
        "name": client.goes_by,
        "wished": whole_minutes(wished),
    }
