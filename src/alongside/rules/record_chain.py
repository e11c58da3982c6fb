"""A chain of rows in which a change of any kind shows.

Each row carries a keyed digest (HMAC-SHA256, RFC 2104) of all it says and of the digest before it:
whoever has no key can neither change a row, nor take one out, put one in or move one. What a chain
cannot show by itself is that its end was cut off: for that the digest of its last row is kept
elsewhere, as an anchor.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from json.encoder import encode_basestring_ascii as quoted
from typing import Any, NamedTuple


class Row(NamedTuple):
    """One row, as plain text: keys as 32 hex signs, `at` in UTC with six decimals, JSON sorted."""

    clinic: str
    id: str
    number: int
    at: str
    actor_kind: str
    actor_id: str | None
    actor_label: str
    verb: str
    is_read: bool
    client_key: str | None
    about: str
    detail: str
    previous: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a check found: rows looked at, the first bad one's number and why, the chain's end."""

    rows: int
    first_bad: int | None
    why: str = ""
    end: str = ""


def key_from(secret: str) -> bytes:
    """Give the chain's key that belongs to an installation's secret key."""
    return f"audit:{secret}".encode()


def sorted_json(detail: Any) -> str:
    """Write what a row adds in one way only."""
    return json.dumps(detail, sort_keys=True, default=str, separators=(",", ":"))


def spelled(row: Row) -> bytes:
    """Write all a row says in one way only; its own digest is left out."""
    (
        clinic,
        key,
        number,
        at,
        kind,
        actor,
        label,
        verb,
        is_read,
        client,
        about,
        detail,
        before,
        _,
    ) = row
    said = (
        f'["{clinic}","{key}",{number},{quoted(at)},{quoted(kind)},{quoted(actor or "")},'
        f"{quoted(label)},{quoted(verb)},{is_read},{quoted(client or '')},{quoted(about)},"
        f'{detail},"{before}"]'
    )
    return said.encode()


def digest_of(row: Row, key: bytes) -> str:
    """Give the keyed digest of a row, in hex."""
    return hmac.digest(key, spelled(row), "sha256").hex()


def _keyed(begun: hmac.HMAC, row: Row) -> str:
    """Give the digest with a key that was prepared once; nothing for a row of the wrong sorts."""
    mac = begun.copy()
    try:
        mac.update(spelled(row))
    except TypeError:
        return ""
    return mac.hexdigest()


def walk(rows: Iterable[Row], key: bytes, *, anchors: Iterable[tuple[int, str]] = ()) -> Verdict:
    """Walk one clinic's rows in order; name the first that was changed, removed, added or moved.

    `anchors` are the numbers of rows, each with the digest that it is known to have had.
    """
    known: dict[int, set[str]] = {}
    for number, digest in anchors:
        known.setdefault(number, set()).add(digest)
    begun, seen, previous = hmac.new(key, digestmod=hashlib.sha256), 0, ""
    for seen, row in zip(count(1), rows, strict=False):
        if row.number != seen:
            why = f"row {seen} is missing" if row.number > seen else "it stands here twice"
            return Verdict(rows=seen, first_bad=row.number, why=why, end=previous)
        if row.previous != previous or _keyed(begun, row) != row.digest:
            why = "it is not what was written, or not where it was written"
            return Verdict(rows=seen, first_bad=seen, why=why, end=previous)
        if seen in known and known[seen] != {row.digest}:
            why = "it is another row than the anchor knows"
            return Verdict(rows=seen, first_bad=seen, why=why, end=previous)
        previous = row.digest
    if missing := [number for number in known if number > seen]:
        why = f"the end was cut off: row {max(missing)} was here once"
        return Verdict(rows=seen, first_bad=seen + 1, why=why, end=previous)
    return Verdict(rows=seen, first_bad=None, end=previous)
