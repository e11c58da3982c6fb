"""Call a visit off."""

from datetime import datetime

from django.db import transaction

from alongside.parts import moments
from alongside.people.actors import Actor
from alongside.visits.actions.letters import send_cancelled
from alongside.visits.actions.rewrite import rewrite
from alongside.visits.actions.self_service import refuse_too_late
from alongside.visits.actions.step import NotFromHere
from alongside.visits.models import CancelReason, State, Visit
from alongside.visits.moments import VisitCancelled

REASON_KEPT = 200


@transaction.atomic
def cancel_visit(
    visit: Visit,
    *,
    reason: str = "",
    by: Actor,
    now: datetime,
    version: int | None = None,
    tell: bool = True,
) -> Visit:
    """Call a visit off and give its time back; the client is told unless `tell` says no.

    A client may do so until the clinic's own limit before the start: TooLate after it.
    """
    if visit.state != State.BOOKED:
        raise NotFromHere(visit, "cancel")
    refuse_too_late(visit, by=by, now=now)
    rewrite(
        visit,
        "cancel",
        by=by,
        now=now,
        version=version,
        state=State.CANCELLED,
        cancelled_at=now,
    )
    if reason.strip():
        said = reason.strip()[:REASON_KEPT]
        CancelReason.objects.update_or_create(visit=visit, defaults={"said": said})
    moments.tell(VisitCancelled(clinic=visit.clinic_id, visit=visit.pk), off=visit.clinic.parts_off)
    if tell:
        send_cancelled(visit, by=by, now=now)
    return visit
