"""Carry out what would help: another therapist, an earlier start, a later time, a swap."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from alongside.messaging.actions.queue import Letter, queue_letter
from alongside.parts import moments
from alongside.people.actors import Actor
from alongside.people.models import Role, Staff
from alongside.visits.actions import move_on
from alongside.visits.actions.step import NotFromHere, take_step
from alongside.visits.actions.swap import swap_places
from alongside.visits.messages.wait import clock
from alongside.visits.models import State, Visit
from alongside.visits.moments import VisitMoved


def carry_out_move(
    visit: Visit, *, move: str, to: str, by: Actor, now: datetime, version: int
) -> str:
    """Do the move that the board offered; give what was done, in words for staff."""
    try:
        with transaction.atomic():
            return _MOVES[move](visit, to, by, now, version)
    except (KeyError, IntegrityError):
        # An unknown move, or a time that was taken since the board was shown.
        raise NotFromHere(Visit.objects.get(pk=visit.pk), "move") from None


def _other_therapist(visit: Visit, to: str, by: Actor, now: datetime, version: int) -> str:
    """Give a waiting client to a therapist who is free now.

    The booked time stays: neither clock of the wait may hide what this client has waited.
    """
    therapist = Staff.objects.filter(pk=to, role=Role.THERAPIST, is_active=True).first()
    if therapist is None or not visit.is_waiting:
        raise NotFromHere(visit, "move")
    take_step(
        visit,
        "move",
        by=by,
        now=now,
        version=version,
        therapist_id=therapist.pk,
    )
    moments.tell(VisitMoved(clinic=visit.clinic_id, visit=visit.pk), off=visit.clinic.parts_off)
    return _("%(name)s goes to %(therapist)s.") % {
        "name": visit.client.goes_by,
        "therapist": therapist.short_name,
    }


def _early_next(visit: Visit, to: str, by: Actor, now: datetime, version: int) -> str:
    """Call somebody who is here early into a time that became free."""
    move_on.call(visit, by=by, now=now, version=version)
    return _("%(name)s is called early.") % {"name": visit.client.goes_by}


def _come_later(visit: Visit, to: str, by: Actor, now: datetime, version: int) -> str:
    """Ask somebody who has not left home yet to come later, and give them the new time."""
    later = parse_datetime(to) if to else None
    if later is None or later.tzinfo is None or later <= now or visit.state != State.BOOKED:
        raise NotFromHere(visit, "move")
    take_step(
        visit,
        "move",
        by=by,
        now=now,
        version=version,
        booked_at=later,
        ends_at=later + visit.planned,
    )
    with translation.override(visit.client.language):
        letter = Letter(
            template="come_later",
            subject=_("Please come a little later"),
            body=_(
                "Hello %(name)s. We are running late today, and we are sorry. Please come at "
                "%(time)s, so that you do not have to wait here."
            )
            % {"name": visit.client.goes_by, "time": clock(later, visit.clinic.zone)},
            urgent=True,
        )
        # By its version, not by its time: what was taken back may be asked once more.
        key = f"later:{visit.pk}:{visit.version}"
        queue_letter(visit.client, letter, by=by, now=now, about=visit.pk, key=key)
    moments.tell(VisitMoved(clinic=visit.clinic_id, visit=visit.pk), off=visit.clinic.parts_off)
    return _("%(name)s is asked to come at %(time)s.") % {
        "name": visit.client.goes_by,
        "time": clock(later, visit.clinic.zone),
    }


_MOVES = {
    "other_therapist": _other_therapist,
    "early_client_first": _early_next,
    "come_later": _come_later,
    "swap": swap_places,
}
