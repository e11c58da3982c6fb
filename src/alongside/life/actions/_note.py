"""What every action on life and questions does last."""

from datetime import datetime
from uuid import UUID

from alongside.audit.actions.record import record
from alongside.live.actions.push import push
from alongside.live.topics import client_topic, clinic_topic
from alongside.people.actors import OWN, Actor


class NoWords(Exception):
    """Nothing was written."""


class NotTheirs(Exception):
    """Told by the client, by who may act for them, or by staff; nobody else."""


def refuse_others(client: UUID, *, by: Actor) -> None:
    """Let staff through, the client, and who may act for them."""
    if by.is_staff:
        return
    if by.kind not in OWN or by.client != client or not by.may_act:
        raise NotTheirs


def note(verb: str, client: UUID, *, about: UUID, clinic: UUID, by: Actor, now: datetime) -> None:
    """Record it, and let the client's page and the board ask again."""
    record(verb, by=by, now=now, client=client, about=str(about))
    push(client_topic(client), clinic_topic(clinic))
