"""Erase what we know about a person; what must stay, stays without them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from alongside.audit.actions.record import record
from alongside.clinics.current import across_clinics, working_in
from alongside.clinics.scoped import OfClinic
from alongside.clinics.turn import take_turn
from alongside.office.actions.erasures import digest_of, write_down
from alongside.office.actions.scrub import mark_due, scrub
from alongside.office.queries.held import About, about_clients
from alongside.parts.slots import panels
from alongside.people.actors import Actor, the_clock
from alongside.people.models import Client, CloseOne, User

# One of these, never words of one's own: what stands in the record can never be erased.
WHYS = {
    "asked": _("They asked for it"),
    "over": _("They come no more, and the time for keeping is over"),
    "mistake": _("They were written down by mistake"),
}
RESTORED = "restored"


class StillExpected(Exception):
    """This person has a visit to come, or is here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What an erasure did: rows that went, rows that stay without their person."""

    gone: int
    kept: int


@transaction.atomic
def erase(client: Client, *, why: str, by: Actor, now: datetime) -> Erased:
    """Erase everything that tells something about a person, here and in every part.

    Raises StillExpected while a part says that they are to come. Erasing twice changes nothing.
    """
    if why not in {*WHYS, RESTORED}:
        raise ValueError(why)
    take_turn()
    here = Client.objects.select_for_update().get(pk=client.pk)
    if why != RESTORED and panels(
        "office.erasure", off=here.clinic.parts_off, client=here, now=now
    ):
        raise StillExpected
    gone, kept = _known_by_address(here), 0
    # The farthest first: nothing points any more at what goes.
    for about in reversed(about_clients()):
        if about.kept:
            kept += _emptied(about, here)
        else:
            gone += about.rows(here).delete()[0]
    Client.objects.filter(pk=here.pk).update(erased_at=here.erased_at or now)
    detail = {"why": why, "gone": gone, "kept": kept - 1}
    record("people.erase", by=by, now=now, client=here.pk, detail=detail)
    mark_due()
    transaction.on_commit(partial(write_down, [here.pk], now=now))
    return Erased(gone=gone, kept=kept - 1)


def _known_by_address(client: Client) -> int:
    """End what knows this person, or who is close to them, by an address and not by a key.

    An address that somebody else has as well, in any clinic, is still theirs.
    """
    mine = {client.email, *CloseOne.objects.filter(client=client).values_list("email", flat=True)}
    with across_clinics("an address may be somebody else's in another clinic"):
        others = {
            *Client.objects.exclude(pk=client.pk).values_list("email", flat=True),
            *CloseOne.objects.exclude(client=client.pk).values_list("email", flat=True),
        }
    only_mine = {one.casefold() for one in mine} - {one.casefold() for one in others} - {""}
    gone = 0
    for model in _by_address_only():
        rows = model._default_manager.filter(email__in=only_mine)
        if any(one.name == "session_key" for one in model._meta.concrete_fields):
            Session.objects.filter(pk__in=list(rows.values_list("session_key", flat=True))).delete()
        gone += rows.delete()[0]
    return gone


def _by_address_only() -> Iterator[type[models.Model]]:
    """Give the models of ours, outside every clinic, that know somebody by an address."""
    for model in apps.get_models():
        is_ours = model.__module__.startswith("alongside.") and model is not User
        by_address = any(one.name == "email" for one in model._meta.concrete_fields)
        if is_ours and by_address and not issubclass(model, OfClinic):
            yield model


def _emptied(about: About, client: Client) -> int:
    """Empty every field that a model does not say it keeps."""
    blank = {
        one.name: _blank(one)
        for one in about.model._meta.concrete_fields
        if one.name not in about.kept and not _ties(one)
    }
    rows = about.rows(client)
    return int(rows.order_by().update(**blank) if blank else rows.count())


def _ties(one: models.Field[Any, Any]) -> bool:
    """Tell whether a field only says which row this is, and whose."""
    is_whose = isinstance(one, models.ForeignKey) and one.name in ("clinic", "client")
    return one.primary_key or is_whose


def _blank(one: models.Field[Any, Any]) -> Any:
    """Give what a field holds when it says nothing; raises TypeError where nothing can be said."""
    if one.null:
        return None
    if one.name == "language" or one.choices:
        return one.get_default()
    if isinstance(one, models.CharField | models.TextField):
        return ""
    if one.has_default():
        return one.get_default()
    raise TypeError(f"{one} must be kept, be nullable, or have a default: KEPT_WHEN_ERASED.")


def erase_and_scrub(client: Client, *, why: str, by: Actor, now: datetime) -> tuple[Erased, bool]:
    """Erase, then take the last traces out of the files at once where that can be done."""
    erased = erase(client, why=why, by=by, now=now)
    return erased, scrub(now=now)


def erase_again(digests: Iterable[str], *, now: datetime) -> int:
    """Erase whom an older copy of the data still knows; give how many that were."""
    wanted = set(digests)
    again = list(_known(wanted))
    for client in again:
        with working_in(client.clinic_id):
            erase(client, why=RESTORED, by=the_clock(client.clinic_id), now=now)
    if again:
        scrub(now=now)
    return len(again)


def _known(wanted: set[str]) -> Iterator[Client]:
    with across_clinics("whoever was erased is erased again, in whichever clinic they were"):
        rows = Client.objects.filter(erased_at=None).select_related("clinic")
        yield from [client for client in rows if digest_of(client.pk) in wanted]
