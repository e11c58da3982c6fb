"""Book a series: "six Tuesdays at 10", all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import ngettext

from alongside.clinics.models import Room, VisitKind
from alongside.clinics.scoped import new_key
from alongside.people.actors import Actor
from alongside.people.models import Client, Staff
from alongside.visits.actions.book import book_visit
from alongside.visits.actions.letters import send_series
from alongside.visits.actions.refusals import NotBooked
from alongside.visits.models import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """One date of a series that cannot be booked, and the refusal that says why."""

    at: datetime
    refused: NotBooked


class SeriesClashes(NotBooked):
    """Some dates of a series cannot be booked, so none was; `clashes` names each."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        self.clashes = list(clashes)
        said = ngettext(
            "%(n)d of these dates cannot be booked, so nothing is booked yet.",
            "%(n)d of these dates cannot be booked, so nothing is booked yet.",
            len(clashes),
        )
        super().__init__(said % {"n": len(clashes)})


@transaction.atomic
def book_series(
    client: Client,
    therapist: Staff,
    kind: VisitKind,
    starts: Sequence[datetime],
    *,
    planned: timedelta | None = None,
    room: Room | None = None,
    asked_for: str = "",
    is_first: bool | None = None,
    even_closed: bool = False,
    by: Actor,
    now: datetime,
    confirm: bool = True,
) -> list[Visit]:
    """Book a visit at each start (aware) and write one letter; all or nothing: SeriesClashes.

    `is_first` is about the first of them; the others never are a first visit.
    """
    together = new_key()
    visits: list[Visit] = []
    clashes: list[Clash] = []
    for at in sorted(set(starts)):
        first = is_first if not visits and not clashes else False
        try:
            visits.append(
                book_visit(
                    client,
                    therapist,
                    kind,
                    at,
                    planned=planned,
                    room=room,
                    asked_for=asked_for,
                    is_first=first,
                    series=together,
                    even_closed=even_closed,
                    by=by,
                    now=now,
                    confirm=False,
                )
            )
        except NotBooked as refused:
            clashes.append(Clash(at=at, refused=refused))
    if clashes:
        raise SeriesClashes(clashes)
    if confirm and visits:
        send_series(visits, by=by, now=now)
    return visits
