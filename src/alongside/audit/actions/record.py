"""Put on record who saw or did what."""

import threading
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from alongside.audit.chain import digest_of, key
from alongside.audit.models import Entry, Head
from alongside.clinics import current
from alongside.clinics.prepared import prepared
from alongside.clinics.prepared_writes import Change, insert, prepared_change
from alongside.people.actors import OWN, Actor

_seen: dict[tuple[object, ...], None] = {}
_seen_lock = threading.Lock()
SEEN_KEPT = 20_000


def record(
    verb: str,
    *,
    by: Actor,
    now: datetime,
    client: UUID | None = None,
    about: str = "",
    detail: dict[str, Any] | None = None,
    is_read: bool = False,
) -> None:
    """Add one row; call it inside the transaction that does the thing."""
    record_many(verb, [client], by=by, now=now, about=about, detail=detail, is_read=is_read)


@transaction.atomic(savepoint=False)
def record_many(
    verb: str,
    clients: Iterable[UUID | None],
    *,
    by: Actor,
    now: datetime,
    about: str = "",
    detail: dict[str, Any] | None = None,
    is_read: bool = False,
) -> None:
    """Add a row for each client whose data were touched, chained to the clinic's last."""
    if not (heads := _head()):
        # Two first rows at once: the second waits here for the first.
        Head.objects.get_or_create(clinic_id=current.clinic_id())
        heads = _head()
    head = heads[0]
    for client in clients:
        entry = Entry(
            clinic_id=head.clinic_id,
            number=head.number + 1,
            at=now,
            actor_kind=by.kind.value,
            actor_id=by.id,
            # A client's name is no part of what can never be changed: their key says who.
            actor_label="" if by.kind in OWN else by.label,
            verb=verb,
            is_read=is_read,
            client_key=client,
            about=about,
            detail=detail or {},
            previous=head.digest,
        )
        entry.digest = digest_of(entry, key())
        head.number, head.digest = entry.number, entry.digest
        insert(entry)
    _move_head(head.number, head.digest)


@prepared
def _head() -> QuerySet[Head]:
    return Head.objects.select_for_update()


@prepared_change
def _move_head(number: int, digest: str) -> Change:
    return Head.objects.all(), {"number": number, "digest": digest}


def record_seen(verb: str, clients: Iterable[UUID], *, by: Actor, now: datetime) -> None:
    """Record a reading once an hour for each reader, page and client: a live board asks often."""
    hour = now.strftime("%Y%m%d%H")
    here = current.clinic_id()
    new = []
    with _seen_lock:
        for client in clients:
            mark = (here, by.kind, by.id, verb, client, hour)
            if mark not in _seen:
                new.append((mark, client))
    if not new:
        return
    record_many(verb, [client for _, client in new], by=by, now=now, is_read=True)
    with _seen_lock:
        for mark, _ in new:
            _seen[mark] = None
        while len(_seen) > SEEN_KEPT:
            _seen.pop(next(iter(_seen)))
