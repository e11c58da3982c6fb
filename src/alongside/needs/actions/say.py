"""Somebody says how hard something is; what was said before stays beside it."""

from datetime import datetime

from django.db import transaction

from alongside.needs.actions._note import NotTheirs, note, refuse_others
from alongside.needs.models import QUALIFIERS, Extent, Voice
from alongside.needs.queries.who_sees import seen_by
from alongside.people.actors import OWN, Actor, ActorKind
from alongside.people.models import Client
from alongside.rules.needs import BY_CODE, area


class NotOnTheScale(Exception):
    """The code is not of our list, or the number not of the scale."""


class NothingSaid(Exception):
    """Words and importance belong to something that was said to be hard first."""


@transaction.atomic
def say(
    client: Client,
    code: str,
    *,
    performance: int,
    capacity: int | None = None,
    importance: int | None = None,
    helps: bool = False,
    words: str = "",
    voice: str = Voice.THERAPIST,
    by: Actor,
    now: datetime,
) -> Extent:
    """Add a row; said twice alike, it is said once. Staff say whose view it is that they enter."""
    refuse_others(client.pk, by=by)
    _refuse_wrong(code, performance, capacity, importance, helps)
    if area(code) not in seen_by(by, client.pk):
        raise NotTheirs
    own = _own_voice(by)
    values = {
        "performance": performance,
        "capacity": capacity,
        "importance": importance,
        "helps": helps,
        "words": words,
    }
    last = _last(client, code, own or voice)
    if last and last.by == by.label and all(getattr(last, key) == values[key] for key in values):
        return last
    said: Extent = Extent.objects.create(
        client=client, code=code, voice=own or voice, at=now, by=by.label, **values
    )
    note("needs.say" if own else "needs.enter", client.pk, about=str(said.pk), by=by, now=now)
    return said


@transaction.atomic
def say_how_hard(
    client: Client, code: str, *, performance: int, helps: bool = False, by: Actor, now: datetime
) -> Extent:
    """One tap: how hard it is; their words about it and how much it matters stay as they were.

    What somebody else close to them said stays that person's: it is put in nobody's mouth.
    """
    last = _last(client, code, _own_voice(by), by=by.label)
    return say(
        client,
        code,
        performance=performance,
        helps=helps,
        importance=last.importance if last else None,
        words=last.words if last else "",
        by=by,
        now=now,
    )


@transaction.atomic
def say_more(
    client: Client, code: str, *, words: str, importance: int | None, by: Actor, now: datetime
) -> Extent:
    """Their own words, and how much it matters; how hard it is stays as they said."""
    last = _last(client, code, _own_voice(by), by=by.label)
    if last is None:
        raise NothingSaid
    return say(
        client,
        code,
        performance=last.performance,
        helps=last.helps,
        importance=importance,
        words=words,
        by=by,
        now=now,
    )


def _own_voice(by: Actor) -> str:
    """The view of who speaks for themselves; "" for staff, who say whose view they enter."""
    if by.kind not in OWN:
        return ""
    return Voice.CLIENT if by.kind is ActorKind.CLIENT else Voice.CLOSE


def _last(client: Client, code: str, voice: str, *, by: str = "") -> Extent | None:
    """The newest row of a voice; with `by`, the newest of one who speaks with it."""
    rows = Extent.objects.filter(client=client, code=code, voice=voice)
    if by and voice == Voice.CLOSE:
        rows = rows.filter(by=by)
    found: Extent | None = rows.last()
    return found


def _refuse_wrong(
    code: str, performance: int, capacity: int | None, importance: int | None, helps: bool
) -> None:
    is_wrong = (
        code not in BY_CODE
        or performance not in QUALIFIERS
        or (capacity is not None and (capacity not in QUALIFIERS or not code.startswith("d")))
        or (importance is not None and not 0 <= importance <= 10)
        or (helps and not code.startswith("e"))
    )
    if is_wrong:
        raise NotOnTheScale(code)
