"""Let somebody close see a part of one's page, change what they see, and end it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from alongside.access.actions.links import end_links_of
from alongside.audit.actions.record import record
from alongside.live.actions.push import push
from alongside.live.topics import client_topic
from alongside.people.actors import Actor
from alongside.people.models import Client, CloseOne


class ShareEndedMeanwhile(Exception):
    """Somebody else ended this a moment ago."""


@transaction.atomic
def let_see(
    client: Client, values: dict[str, Any], *, by: Actor, how: str = "", today: date, now: datetime
) -> CloseOne:
    """Let somebody close see a part of this client's page; `how` says how the client agreed."""
    begins_on = values.get("begins_on") or today
    new = CloseOne(client=client, **{**values, "begins_on": begins_on})
    new.email = new.email.lower()
    new.added_at, new.agreed_by, new.agreed_how = now, by.label, how
    new.full_clean(exclude=["clinic"])
    new.save()
    record(
        "mine.let_see",
        by=by,
        now=now,
        client=client.pk,
        about=str(new.pk),
        detail={
            "rights": new.rights,
            "may_act": new.may_act,
            "until": str(new.until_on or ""),
            "agreed": how,
        },
    )
    push(client_topic(client.pk))
    return new


@transaction.atomic
def end_sharing(one: CloseOne, *, by: Actor, now: datetime) -> None:
    """End what somebody close may see; their next request is refused, their open pages close."""
    _end(one, by=by, now=now)
    record("mine.end_sharing", by=by, now=now, client=one.client_id, about=str(one.pk))
    push(client_topic(one.client_id))


@transaction.atomic
def change_sharing(
    one: CloseOne,
    values: dict[str, Any],
    *,
    by: Actor,
    how: str = "",
    today: date,
    now: datetime,
) -> CloseOne:
    """Change what somebody close may see: what was agreed ends, and the new stands beside it."""
    _end(one, by=by, now=now)
    return let_see(one.client, values, by=by, how=how, today=today, now=now)


def _end(one: CloseOne, *, by: Actor, now: datetime) -> None:
    open_still = CloseOne.objects.filter(pk=one.pk, ended_at=None)
    if not open_still.update(ended_at=now, ended_by=by.label):
        raise ShareEndedMeanwhile
    end_links_of(one, now=now)
