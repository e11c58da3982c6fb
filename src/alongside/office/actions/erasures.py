"""The list of who was erased: digests of keys in a file, for the day an old copy is put back.

A key is drawn at random, so its digest leads nobody back to a person; an old copy that still has
the key is recognised by it.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

NAME = "erasures.jsonl"


def place() -> Path:
    """Where the list is: in the data folder, so that every backup takes it along."""
    return Path(settings.DATA) / NAME


def digest_of(client: UUID) -> str:
    """Give what stands in the list for a client's key."""
    return hashlib.sha256(f"erased:{client}".encode()).hexdigest()


def write_down(clients: Iterable[UUID], *, now: datetime) -> None:
    """Add to the list who is not in it yet; it is on the disk when this returns."""
    there = set(read(place()))
    new = [digest for client in clients if (digest := digest_of(client)) not in there]
    if not new:
        return
    place().parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(place(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        for digest in new:
            file.write(json.dumps({"client": digest, "at": now.isoformat()}) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> Iterator[str]:
    """Give the digests of a list; a line that was cut off by a crash is passed over."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            yield str(json.loads(line)["client"])
        except (ValueError, KeyError, TypeError):
            continue
