"""The age key that a passphrase stands for: made once, kept locked, in front of each backup.

To stretch a passphrase costs a second and a gigabyte of memory by age's design, so that nobody
guesses it; that must not happen every night on a small machine. The key itself is forgotten as soon
as it is locked: from then on this machine can lock backups and not open them.
"""

import base64
import contextlib
import hashlib
import hmac
import json
import os
from pathlib import Path

import pyrage

from alongside.site.backups.faults import BackupFault
from alongside.site.backups.sealed import Lock

NAME = ".backup-key.json"
SHORTEST = 12


def lock_of(folder: Path, *, recipients: tuple[str, ...], passphrase: str, secret: str) -> Lock:
    """Give the lock for these keys and this passphrase; `folder` is where the own key is kept."""
    if not passphrase:
        return Lock(recipients=recipients)
    if len(passphrase) < SHORTEST:
        raise BackupFault(f"The passphrase is too short: {SHORTEST} signs or more.")
    # Tells a passphrase that was changed, to whoever has the secret key and nobody else.
    mark = hmac.digest(secret.encode(), f"backup:{passphrase}".encode(), hashlib.sha256).hex()
    kept = _read(folder)
    if kept.get("of") != mark:
        kept = _made(passphrase, mark)
        _write(folder, kept)
    return Lock(recipients=(*recipients, kept["public"]), key=base64.b64decode(kept["locked"]))


def _made(passphrase: str, mark: str) -> dict[str, str]:
    own = pyrage.x25519.Identity.generate()
    locked = pyrage.passphrase.encrypt(f"{own}\n".encode(), passphrase)
    return {
        "of": mark,
        "public": str(own.to_public()),
        "locked": base64.b64encode(locked).decode(),
    }


def _read(folder: Path) -> dict[str, str]:
    with contextlib.suppress(OSError, ValueError):
        return dict(json.loads((folder / NAME).read_text()))
    return {}


def _write(folder: Path, kept: dict[str, str]) -> None:
    part = folder / f"{NAME}.{os.getpid()}"
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(kept, file)
    part.replace(folder / NAME)
