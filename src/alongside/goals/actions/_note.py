"""What every action on goals does last: put it on record, and tell the client's open page."""

from datetime import datetime
from uuid import UUID

from alongside.audit.actions.record import record
from alongside.goals.models import Goal
from alongside.live.actions.push import push
from alongside.live.topics import client_topic
from alongside.people.actors import OWN, Actor


class NotTheirs(Exception):
    """Somebody's own goal is changed by them, or by who may act for them; nobody else."""


class GoalIsOver(Exception):
    """It was reached or set aside meanwhile."""


def refuse_others(client: UUID, *, by: Actor) -> None:
    """Let the client through, and who may act for them; staff have actions of their own."""
    if by.kind not in OWN or by.client != client or not by.may_act:
        raise NotTheirs


def is_the_client(by: Actor) -> bool:
    """Whether the client, or somebody who acts for them, says this."""
    return by.kind in OWN


def note(verb: str, goal: Goal, *, by: Actor, now: datetime) -> None:
    """Record it, and let the client's page ask again."""
    note_about(verb, goal.client_id, about=str(goal.pk), by=by, now=now)


def note_about(verb: str, client: UUID, *, about: str, by: Actor, now: datetime) -> None:
    """The same where there may be no goal."""
    record(verb, by=by, now=now, client=client, about=about)
    push(client_topic(client))
