"""Make a backup: copy what is, look at the copy, lock it, put it on the shelf, clear the shelf."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alongside import __version__
from alongside.rules.keeping import Keep
from alongside.site.backups import inside, last, of_postgres, of_sqlite, sealed, shelf
from alongside.site.backups.faults import BackupFault, in_words
from alongside.site.backups.manifest import Head, Manifest

HALF = ".backup-"
KEY = "secret-key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What is copied: the data folder, the database as Django names it, the secret key."""

    folder: Path
    database: Mapping[str, Any]
    secret: str

    @property
    def is_postgres(self) -> bool:
        """Whether a PostgreSQL holds the data."""
        return "postgresql" in str(self.database["ENGINE"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A backup that was made, and the old ones that went."""

    file: Path
    size: int
    manifest: Manifest
    gone: tuple[Path, ...]


def make(source: Source, to: Path, lock: sealed.Lock, keep: Keep, *, now: datetime) -> Made:
    """Make one; what goes wrong is kept beside the data, so that somebody is told."""
    before = last.read(source.folder)
    try:
        with _alone(source.folder):
            done = _make(source, to, lock, keep, now)
    except Exception as fault:
        why = str(fault) if isinstance(fault, BackupFault) else type(fault).__name__
        failed = {**asdict(before), "failed_at": now.isoformat(), "why": why}
        last.write(source.folder, last.Last(**failed))
        raise
    told = last.Last(made_at=now.isoformat(), file=str(done.file), size=done.size)
    last.write(source.folder, told)
    return done


def _make(source: Source, to: Path, lock: sealed.Lock, keep: Keep, now: datetime) -> Made:
    sealed.check(lock)
    shelf.check(to, source.folder)
    with _staging(source.folder) as staging:
        database, said = copied(source, staging, now)
        extra: list[tuple[str, bytes | Path]] = [
            (f"{inside.FILES}/{path.relative_to(source.folder)}", path)
            for path in inside.beside(source.folder)
        ]
        # The record's chain is keyed with it: without this key nothing could be verified.
        extra.append((f"{inside.FILES}/{KEY}", f"{source.secret}\n".encode()))
        name = shelf.name_of(now)
        with shelf.writing(to, name) as target:
            sealed.seal(
                lambda pipe: inside.write(pipe, database, extra, said),
                target, lock, made_at=said.made_at, version=said.version,
            )  # fmt: skip
    _keep_heads(to, name, said)
    gone = shelf.clear(to, keep)
    return Made(file=to / name, size=(to / name).stat().st_size, manifest=said, gone=tuple(gone))


def copied(source: Source, staging: Path, now: datetime) -> tuple[Path, Manifest]:
    """Copy the database into a folder, and say what is in the copy."""
    with in_words(source.folder):
        if source.is_postgres:
            file = staging / inside.POSTGRES
            rows, heads, migrations = of_postgres.copy(source.database, file)
        else:
            file = staging / inside.SQLITE
            of_sqlite.copy(Path(source.database["NAME"]), file)
            if wrong := of_sqlite.wrong_with(file):
                raise BackupFault(
                    f"The database itself is damaged ({wrong[0]}): no backup was made of it. Keep "
                    "the last good one, and ask for help."
                )
            rows, heads = of_sqlite.counted(file), of_sqlite.heads(file)
            migrations = of_sqlite.migrations(file)
    engine = "postgresql" if source.is_postgres else "sqlite"
    return file, Manifest(
        version=__version__, made_at=now.astimezone(UTC).isoformat(timespec="seconds"),
        engine=engine, migrations=migrations, rows=rows, heads=heads,
    )  # fmt: skip


def heads_text(heads: Mapping[str, Head], *, made_at: str) -> str:
    """Write where each chain ends: what is kept elsewhere to show that no end was cut off."""
    ends = {clinic: asdict(head) for clinic, head in heads.items()}
    return json.dumps({"made_at": made_at, "heads": ends}, indent=1, sort_keys=True) + "\n"


def _keep_heads(to: Path, name: str, said: Manifest) -> None:
    """Keep the ends of the chains outside the lock as well: keys and digests, no names."""
    with shelf.writing(to, name.replace(".tar", ".anchor.json")) as target:
        target.write(heads_text(said.heads, made_at=said.made_at).encode())


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one backup of a folder be made at a time; whoever dies lets the next one go."""
    try:
        import fcntl
    except ImportError:  # a system without it: two at once are possible there, and harmless
        yield
        return
    with (folder / f"{HALF}lock").open("a") as turn:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupFault("Another backup of this folder is being made just now.") from None
        yield


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """Give a folder for the copy before it is locked: for its owner only, gone afterwards."""
    for left in folder.glob(f"{HALF}*"):
        if left.is_dir():
            # Of a backup that was killed: we are alone here.
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=HALF, dir=folder) as made:
        yield Path(made)
