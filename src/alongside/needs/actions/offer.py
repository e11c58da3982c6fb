"""A service is offered to a client, for what is hard for them; they say yes or no."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import translation

from alongside.needs import messages as said
from alongside.needs.actions._note import NotTheirs, note, refuse_others
from alongside.needs.models import Proposal, Service
from alongside.needs.queries.profile import covered_by
from alongside.needs.queries.who_sees import seen_by
from alongside.people.actors import CARE, Actor
from alongside.people.models import Client


class CoversNothing(Exception):
    """Nothing that was said to be hard is covered by it, or it cannot be offered now."""


@transaction.atomic
def offer(client: Client, service: Service, *, by: Actor, now: datetime) -> Proposal:
    """Offer it with the reason in the client's language; of two who tap at once, one offers."""
    if by.kind not in CARE:
        raise NotTheirs
    areas = seen_by(by, client.pk)
    codes = covered_by(service, client.pk, areas) if service.is_open else ()
    if not codes:
        raise CoversNothing
    with translation.override(client.language or "en"):
        reason = said.reason(codes)
    known: Proposal | None = _open(client, service)
    if known is not None:
        return known
    try:
        with transaction.atomic():
            made: Proposal = Proposal.objects.create(
                client=client,
                service=service,
                offered_at=now,
                by=by.label,
                reason=reason,
                codes=list(codes),
            )
    except IntegrityError:
        other = _open(client, service)
        if other is None:
            raise
        return other
    note("needs.offer", client.pk, about=str(made.pk), by=by, now=now)
    return made


@transaction.atomic
def answer(proposal: Proposal, *, accepts: bool, by: Actor, now: datetime) -> bool:
    """Yes or no, once; False where it was answered meanwhile."""
    refuse_others(proposal.client_id, by=by)
    if not proposal.areas <= seen_by(by, proposal.client_id):
        raise NotTheirs
    field = "accepted_at" if accepts else "declined_at"
    rows = Proposal.objects.open().filter(pk=proposal.pk)
    if not rows.update(**{field: now, "answered_by": by.label}):
        return False
    verb = "needs.accept" if accepts else "needs.decline"
    note(verb, proposal.client_id, about=str(proposal.pk), by=by, now=now)
    return True


def _open(client: Client, service: Service) -> Proposal | None:
    found: Proposal | None = Proposal.objects.open().filter(client=client, service=service).first()
    return found
