"""A measure is asked of a client, or withdrawn."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from alongside.measures.actions._note import note
from alongside.measures.models import Filling, Mode
from alongside.measures.queries.fillings import responders
from alongside.measures.queries.texts import form_to_ask
from alongside.people.actors import Actor
from alongside.people.models import Client
from alongside.rules.measures import find
from alongside.visits.queries.day import today_in

NEEDS_A_RESPONDER = frozenset({"phq-9"})


class NobodyHears(Exception):
    """This one may raise an alert, and no responder is named who would hear it."""


class NotOursToAsk(Exception):
    """Its text may not be shipped, and this clinic loaded none: only its score can be entered."""


class AlreadyAsked(Exception):
    """It is being asked of this client now."""


@transaction.atomic
def ask(
    client: Client, name: str, *, mode: str, due_on: date | None = None, by: Actor, now: datetime
) -> Filling:
    """Ask one measure; twice at once it is asked once."""
    measure = find(name)
    form = form_to_ask(measure.name, client.language, today_in(client.clinic, now))
    if form is None and mode != Mode.SCORE:
        raise NotOursToAsk
    if measure.name in NEEDS_A_RESPONDER and mode != Mode.SCORE and not responders():
        raise NobodyHears
    try:
        with transaction.atomic():
            filling: Filling = Filling.objects.create(
                client=client,
                measure=measure.name,
                version=form.version if form else "1",
                language=form.language if form else client.language,
                mode=mode,
                asked_at=now,
                asked_by=by.label,
                due_on=due_on,
            )
    except IntegrityError:
        raise AlreadyAsked from None
    note("measures.ask", filling, by=by, now=now)
    return filling


@transaction.atomic
def withdraw(filling: Filling, *, by: Actor, now: datetime) -> None:
    """It is no longer asked; what was answered stays on record."""
    rows = Filling.objects.open().filter(pk=filling.pk)
    if rows.update(withdrawn_at=now):
        note("measures.withdraw", filling, by=by, now=now)
