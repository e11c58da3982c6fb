"""What belongs to a life is added and ended; staff say where we take part in it."""

from datetime import datetime

from django.db import transaction

from alongside.life.actions._note import NoWords, note, refuse_others
from alongside.life.models import Item
from alongside.people.actors import Actor
from alongside.people.models import Client


@transaction.atomic
def add_item(client: Client, *, kind: str, words: str, by: Actor, now: datetime) -> Item:
    """Add somebody, a place, a role or a routine, in the client's words."""
    refuse_others(client.pk, by=by)
    if not words.strip():
        raise NoWords
    item: Item = Item.objects.create(
        client=client, kind=kind, words=words, added_at=now, added_by=by.label
    )
    _note("life.add_item", item, by=by, now=now)
    return item


@transaction.atomic
def end_item(item: Item, *, by: Actor, now: datetime) -> None:
    """It is no longer part of their life."""
    refuse_others(item.client_id, by=by)
    if Item.objects.filter(pk=item.pk, ended_at=None).update(ended_at=now):
        _note("life.end_item", item, by=by, now=now)


@transaction.atomic
def say_where_we_take_part(item: Item, *, ours: str, by: Actor, now: datetime) -> None:
    """Staff say where the clinic takes part in it."""
    if Item.objects.filter(pk=item.pk).exclude(ours=ours).update(ours=ours):
        _note("life.take_part", item, by=by, now=now)


def _note(verb: str, item: Item, *, by: Actor, now: datetime) -> None:
    note(verb, item.client_id, about=item.pk, clinic=item.clinic_id, by=by, now=now)
