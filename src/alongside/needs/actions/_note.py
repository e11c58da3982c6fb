"""What every action on needs does last: put it on record, and tell the client's open page."""

from datetime import datetime
from uuid import UUID

from alongside.audit.actions.record import record
from alongside.live.actions.push import push
from alongside.live.topics import client_topic
from alongside.people.actors import CARE, OWN, Actor


class NotTheirs(Exception):
    """Only the client, who may act for them, and whoever treats them say something here."""


def refuse_others(client: UUID, *, by: Actor) -> None:
    """Let through the client, who may act for them, and whoever treats them."""
    if by.kind in OWN:
        if by.client != client or not by.may_act:
            raise NotTheirs
    elif by.kind not in CARE:
        raise NotTheirs


def note(verb: str, client: UUID, *, about: str, by: Actor, now: datetime) -> None:
    """Record it, and let the client's page ask again."""
    record(verb, by=by, now=now, client=client, about=about)
    push(client_topic(client))
