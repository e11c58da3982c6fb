"""How one row of the record is tied to the one before it: `rules/record_chain.py`, with our key."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.conf import settings

from alongside.audit.models import Entry
from alongside.rules import record_chain
from alongside.rules.record_chain import Row, Verdict


def key() -> bytes:
    """Give the key of the chain; it lives beside the database, not in it."""
    return record_chain.key_from(settings.SECRET_KEY)


def row_of(entry: Entry) -> Row:
    """Write a row of the record as the chain reads it."""
    return Row(
        clinic=entry.clinic_id.hex,
        id=entry.pk.hex,
        number=entry.number,
        at=moment(entry.at),
        actor_kind=entry.actor_kind,
        actor_id=entry.actor_id.hex if entry.actor_id else None,
        actor_label=entry.actor_label,
        verb=entry.verb,
        is_read=entry.is_read,
        client_key=entry.client_key.hex if entry.client_key else None,
        about=entry.about,
        detail=record_chain.sorted_json(entry.detail),
        previous=entry.previous,
        digest=entry.digest,
    )


def moment(at: datetime) -> str:
    """Write a moment in UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(" ", "microseconds")[:26]


def digest_of(entry: Entry, key: bytes) -> str:
    """Give the keyed digest over everything a row says and the row before."""
    return record_chain.digest_of(row_of(entry), key)


def verify(entries: Iterable[Entry], key: bytes) -> Verdict:
    """Walk a clinic's rows in order; name the first that was changed, removed or moved."""
    return record_chain.walk(map(row_of, entries), key)
