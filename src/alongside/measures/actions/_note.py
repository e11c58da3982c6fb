"""What every action on measures does last."""

from datetime import datetime

from alongside.audit.actions.record import record
from alongside.live.actions.push import push
from alongside.live.topics import client_topic, clinic_topic
from alongside.measures.models import Filling
from alongside.people.actors import OWN, Actor


class NotTheirs(Exception):
    """Somebody's own questionnaire is filled in by them, or by who may act for them."""


class IsOver(Exception):
    """It was finished or withdrawn meanwhile."""


def refuse_others(filling: Filling, *, by: Actor) -> None:
    """Let the client through, and who may act for them; staff only where they fill it in."""
    if by.kind in OWN and (by.client != filling.client_id or not by.may_act):
        raise NotTheirs


def note(verb: str, filling: Filling, *, by: Actor, now: datetime, board: bool = False) -> None:
    """Record it, and let the client's page (and the board) ask again."""
    detail = {"measure": filling.measure}
    about = str(filling.pk)
    record(verb, by=by, now=now, client=filling.client_id, about=about, detail=detail)
    topics = [client_topic(filling.client_id)]
    push(*topics, *([clinic_topic(filling.clinic_id)] if board else []))
