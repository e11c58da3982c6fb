"""A client says whom of us they let see a part of what is hard for them."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.live.actions.push import push
from alongside.live.topics import clinic_topic
from alongside.needs.actions._note import NotTheirs, note
from alongside.needs.models import Sharing
from alongside.needs.queries.who_sees import seen_by, who_treats
from alongside.people.actors import CARE, Actor, ActorKind
from alongside.people.models import Client
from alongside.rules.needs import Area
from alongside.rules.who_sees import AT_THE_DESK, Whom


class NobodyChosen(Exception):
    """Only the people I choose, and nobody was chosen."""


class BeyondTheLimit(Exception):
    """The front desk never sees this part."""


@transaction.atomic
def let_see(
    client: Client,
    area: Area,
    *,
    whom: Whom,
    named: Collection[UUID] = (),
    how: str = "",
    by: Actor,
    now: datetime,
) -> Sharing:
    """Say it; it holds from the next look. Staff note it only of a part that they see themselves.

    Nobody widens what they may see by their own hand.
    """
    if not _is_theirs(client, by) and not _may_note(client, area, by, how):
        raise NotTheirs
    if whom is Whom.FRONT and area not in AT_THE_DESK:
        raise BeyondTheLimit
    chosen = {one.pk for one in who_treats()} & set(named) if whom is Whom.NAMED else set()
    if whom is Whom.NAMED and not chosen:
        raise NobodyChosen
    said: Sharing = Sharing.objects.create(
        client=client,
        area=area.value,
        whom=whom.value,
        named=sorted(str(one) for one in chosen),
        at=now,
        by=by.label,
        how=how[:200],
    )
    note("needs.let_see", client.pk, about=str(said.pk), by=by, now=now)
    push(clinic_topic(said.clinic_id))
    return said


def _is_theirs(client: Client, by: Actor) -> bool:
    return by.kind is ActorKind.CLIENT and by.client == client.pk


def _may_note(client: Client, area: Area, by: Actor, how: str) -> bool:
    return by.kind in CARE and area in seen_by(by, client.pk) and bool(how.strip())
