"""One locked file that anybody with the key can open, also without us.

On the outside it is a plain tar of two or three members: `READ-ME.txt`, which says how to open it;
`key.age`, where there is a passphrase: an age key locked with it (age's scrypt; `own_key.py`);
`data.age`, a compressed tar, locked for that key and for every recipient (age's X25519 and
ChaCha20-Poly1305, in pieces of 64 KiB, so that a change or a cut shows).
https://age-encryption.org/v1
"""

import io
import os
import tarfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

import pyrage

from alongside.site.backups.faults import BackupFault, WrongKey

READ_ME, KEY, DATA = "READ-ME.txt", "key.age", "data.age"
HOW = """A backup of Alongside, made {made_at} by version {version}. It is locked.

    alongside restore THIS-FILE --data NEW-FOLDER

Without Alongside: tar xf THIS-FILE; age --decrypt -i {key} data.age | tar xz
"""
Feed = Callable[[BinaryIO], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """Who will be able to open a backup: holders of these keys.

    `key`: one of them, locked with a passphrase, to travel in front of the backup.
    """

    recipients: tuple[str, ...] = ()
    key: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What somebody who opens a backup has at hand: age keys ("AGE-SECRET-KEY-..."), passphrase."""

    identities: tuple[str, ...] = ()
    passphrase: str = ""


def check(lock: Lock) -> None:
    """Refuse a lock that is none before any work is done."""
    _recipients(lock)
    if not lock.recipients:
        raise BackupFault(
            "A backup is always locked. Set ALONGSIDE_BACKUP_PASSPHRASE, or ALONGSIDE_BACKUP_KEYS "
            "to the public key that `age-keygen` prints; docs/how-to/back-up-and-restore.md."
        )


def seal(feed: Feed, target: BinaryIO, lock: Lock, *, made_at: str, version: str) -> None:
    """Write what `feed` writes into `target`, locked."""
    check(lock)
    recipients = _recipients(lock)
    read_me = HOW.format(made_at=made_at, version=version, key=KEY if lock.key else "KEY")
    _member(target, READ_ME, read_me.encode())
    if lock.key:
        _member(target, KEY, lock.key)
    head = target.tell()
    target.write(bytes(tarfile.BLOCKSIZE))
    watched = _Watched(target)
    _through(feed, lambda source: pyrage.encrypt_io(source, watched, recipients), watched)
    size = target.tell() - head - tarfile.BLOCKSIZE
    # A tar ends with two empty blocks, and every member with a whole one.
    target.write(bytes(-size % tarfile.BLOCKSIZE + 2 * tarfile.BLOCKSIZE))
    target.seek(head)
    target.write(_header(DATA, size))


def unseal(source: BinaryIO, take: Feed, keys: Keys) -> None:
    """Hand `take` a stream of what was locked; WrongKey where the keys do not open it."""
    try:
        with tarfile.open(fileobj=source, mode="r:") as outer:
            _unseal(outer, set(outer.getnames()), take, keys)
    except tarfile.TarError:
        raise BackupFault("This is not a backup of Alongside, or it was cut short.") from None


def _unseal(outer: tarfile.TarFile, names: set[str], take: Feed, keys: Keys) -> None:
    if DATA not in names:
        raise BackupFault("This is not a backup of Alongside.")
    identities = _identities(outer, names, keys)
    data = outer.extractfile(DATA)
    assert data is not None  # noqa: S101 - it is a file among the names

    def _open(target: BinaryIO) -> None:
        try:
            pyrage.decrypt_io(data, target, identities)
        except pyrage.DecryptError:
            raise WrongKey("No key at hand opens this backup.") from None
        except BrokenPipeError:
            raise
        except OSError as fault:
            raise BackupFault(f"This backup is damaged: {fault}.") from None

    _through(_open, take)


def _identities(outer: tarfile.TarFile, names: set[str], keys: Keys) -> list[object]:
    found: list[object] = []
    for text in keys.identities:
        try:
            found.append(pyrage.x25519.Identity.from_str(text))
        except pyrage.IdentityError:
            raise WrongKey("A key begins with AGE-SECRET-KEY-; this one does not.") from None
    if keys.passphrase and KEY in names:
        locked = outer.extractfile(KEY)
        assert locked is not None  # noqa: S101 - it is a file among the names
        try:
            own = pyrage.passphrase.decrypt(locked.read(), keys.passphrase)
            found.append(pyrage.x25519.Identity.from_str(own.decode().strip()))
        except pyrage.DecryptError:
            if not found:
                raise WrongKey("This passphrase does not open this backup.") from None
    if not found:
        needs = "the passphrase" if KEY in names else "an age key (--key FILE)"
        raise WrongKey(f"This backup is locked. To open it you need {needs} it was made with.")
    return found


def _recipients(lock: Lock) -> list[object]:
    try:
        return [pyrage.x25519.Recipient.from_str(one) for one in lock.recipients]
    except pyrage.RecipientError:
        raise BackupFault(
            "ALONGSIDE_BACKUP_KEYS takes public keys of age: each begins with age1."
        ) from None


def _member(target: BinaryIO, name: str, content: bytes) -> None:
    target.write(_header(name, len(content)) + content)
    target.write(bytes(-len(content) % tarfile.BLOCKSIZE))


def _header(name: str, size: int) -> bytes:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member.tobuf(tarfile.GNU_FORMAT)


class _Watched(io.RawIOBase):
    """Pass on what is written, and keep the fault that a library between would change."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self.fault: OSError | None = None

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        try:
            return int(self._target.write(data))
        except OSError as fault:
            self.fault = fault
            raise


def _through(feed: Feed, take: Feed, watched: _Watched | None = None) -> None:
    """Let one write what the other reads, at the same time; the first fault is the one told."""
    reads, writes = os.pipe()
    faults: list[BaseException] = []

    def _feed() -> None:
        try:
            with os.fdopen(writes, "wb") as end:
                feed(end)
        except BaseException as fault:
            faults.append(fault)

    thread = threading.Thread(target=_feed, name="feed")
    thread.start()
    try:
        with os.fdopen(reads, "rb") as end:
            take(end)
    except Exception as fault:
        thread.join()
        if watched is not None and watched.fault is not None:
            raise watched.fault from None
        # Whoever fed us ended first, and so we had too little to take.
        raise (
            faults[0] if faults and not isinstance(faults[0], BrokenPipeError) else fault
        ) from None
    thread.join()
    if faults:
        raise faults[0]
