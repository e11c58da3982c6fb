"""What every action on care plans does last."""

from datetime import datetime
from uuid import UUID

from alongside.audit.actions.record import record
from alongside.live.actions.push import push
from alongside.live.topics import client_topic, clinic_topic
from alongside.people.actors import CARE, Actor


class NoWords(Exception):
    """Nothing was written."""


class NotTheirs(Exception):
    """Only who treats a client writes this."""


def refuse_others(by: Actor) -> None:
    """Let through who treats clients."""
    if by.kind not in CARE:
        raise NotTheirs


def tell(verb: str, client: UUID, *, about: UUID, clinic: UUID, by: Actor, now: datetime) -> None:
    """Record it, and let the client's page and the board ask again."""
    record(verb, by=by, now=now, client=client, about=str(about))
    push(client_topic(client), clinic_topic(clinic))
