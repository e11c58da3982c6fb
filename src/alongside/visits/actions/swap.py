"""Let two clients of one therapist change places in the book."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from alongside.clinics.turn import take_turn
from alongside.messaging.actions.queue import Letter, queue_letter
from alongside.parts import moments
from alongside.people.actors import Actor
from alongside.rules.waits.swap import asked_for, still_late
from alongside.visits.actions.step import NotFromHere, take_step
from alongside.visits.messages.wait import clock
from alongside.visits.models import Visit
from alongside.visits.moments import VisitMoved
from alongside.visits.queries.moves import can_swap

# Where a time waits for a moment, inside a transaction: a century ago every therapist is free.
ASIDE = timedelta(days=36525)


def swap_places(visit: Visit, to: str, by: Actor, now: datetime, version: int) -> str:
    """Let somebody who is here go before somebody booked earlier, who is asked to come later.

    `to` is the other visit as the board showed it: key@version. Call it in a transaction.
    """
    key, its_version = _seen(to, visit)
    other = hold([visit.pk, key]).get(key)
    if other is None or not can_swap(visit, other, now):
        raise NotFromHere(visit, "move")
    first, second = other.booked_at, visit.booked_at
    # The database lets no two visits share a time, not for a moment: one steps aside.
    set_aside(visit.pk)
    take_step(
        other,
        "swap",
        by=by,
        now=now,
        version=its_version,
        swapped_with=visit.pk,
        booked_at=second,
        ends_at=second.astimezone(UTC) + other.planned,
        late_until=still_late(other.late_until, second),
    )
    take_step(
        visit,
        "swap",
        by=by,
        now=now,
        version=version,
        swapped_with=other.pk,
        booked_at=first,
        ends_at=first.astimezone(UTC) + visit.planned,
    )
    send_swapped(other, by=by, now=now)
    for one in (visit, other):
        moments.tell(VisitMoved(clinic=one.clinic_id, visit=one.pk), off=one.clinic.parts_off)
    return _("%(name)s goes before %(other)s, who is asked to come at %(time)s.") % {
        "name": visit.client.goes_by,
        "other": other.client.goes_by,
        "time": clock(asked_for(other.late_until, second), visit.clinic.zone),
    }


def hold(keys: Iterable[UUID]) -> dict[UUID, Visit]:
    """Keep these visits from everybody else until the transaction ends; always in one order, so
    that two who want the same two never wait for each other.
    """
    take_turn()
    rows = Visit.objects.select_for_update(of=("self",)).select_related("client", "clinic")
    return {visit.pk: visit for visit in rows.filter(pk__in=list(keys)).order_by("pk")}


def set_aside(key: UUID) -> None:
    """Take a visit out of the way while the other of two takes its place."""
    booked_at, ends_at = Visit.objects.values_list("booked_at", "ends_at").get(pk=key)
    Visit.objects.filter(pk=key).update(booked_at=booked_at - ASIDE, ends_at=ends_at - ASIDE)


def send_swapped(visit: Visit, *, by: Actor, now: datetime) -> None:
    """Ask the one who is put later to come at the new time, and never before they said."""
    at = clock(asked_for(visit.late_until, visit.booked_at), visit.clinic.zone)
    with translation.override(visit.client.language):
        letter = Letter(
            template="swapped",
            subject=_("Please come a little later"),
            body=_(
                "Hello %(name)s. Your time today has changed: please come at %(time)s, so that "
                "you do not have to wait here. There is no need to hurry."
            )
            % {"name": visit.client.goes_by, "time": at},
            urgent=True,
        )
        key = f"swapped:{visit.pk}:{visit.version}"
        queue_letter(visit.client, letter, by=by, now=now, about=visit.pk, key=key)


def _seen(to: str, visit: Visit) -> tuple[UUID, int]:
    key, _at, version = to.partition("@")
    try:
        return UUID(key), min(int(version), 10**9)
    except ValueError:
        raise NotFromHere(visit, "move") from None
