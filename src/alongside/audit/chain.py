"""How one row of the record is tied to the one before it."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from alongside.audit.models import Entry

TIED = (
    "number",
    "at",
    "actor_kind",
    "actor_id",
    "actor_label",
    "verb",
    "is_read",
    "client_key",
    "about",
    "detail",
    "previous",
)


def key() -> bytes:
    """Give the key of the chain; it lives beside the database, not in it."""
    return f"audit:{settings.SECRET_KEY}".encode()


def digest_of(entry: Entry, key: bytes) -> str:
    """Give the keyed digest (HMAC-SHA256, hex) over everything a row says and the row before."""
    said: dict[str, Any] = {name: getattr(entry, name) for name in TIED}
    said["at"] = entry.at.timestamp()
    said["clinic"] = entry.clinic_id
    plain = json.dumps(said, sort_keys=True, default=str, separators=(",", ":"))
    return hmac.new(key, plain.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a check of the chain found: how many rows, and the first bad one's number."""

    rows: int
    first_bad: int | None


def verify(entries: Iterable[Entry], key: bytes) -> Verdict:
    """Walk a clinic's rows in order; name the first that was changed, removed or moved."""
    rows, previous = 0, ""
    for entry in entries:
        rows += 1
        if entry.number != rows or entry.previous != previous:
            return Verdict(rows=rows, first_bad=entry.number)
        if not hmac.compare_digest(entry.digest, digest_of(entry, key)):
            return Verdict(rows=rows, first_bad=entry.number)
        previous = entry.digest
    return Verdict(rows=rows, first_bad=None)
