"""Put a backup back: into a new place, checked at every step, and only then in its place."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from alongside.site.backups import check, inside, of_sqlite, sealed
from alongside.site.backups.faults import BackupFault, in_words
from alongside.site.backups.make import KEY
from alongside.site.backups.manifest import NAME as MANIFEST
from alongside.site.backups.manifest import Manifest

Say = Callable[[str], None]


def check_place(data: Path, *, replace: bool) -> None:
    """Refuse a folder in use, and one with something in it unless its replacing was asked for."""
    if not data.exists() or (data.is_dir() and not any(data.iterdir())):
        return
    if not data.is_dir():
        raise BackupFault(f"{data} is not a folder.")
    if of_sqlite.is_in_use(data / inside.SQLITE):
        raise BackupFault(f"Alongside runs on {data}. Stop it first.")
    if not replace:
        raise BackupFault(
            f"{data} is not empty. Name a new folder, or say --replace: what is there now is then "
            "moved aside, not removed."
        )


@contextmanager
def new_folder(data: Path) -> Iterator[Path]:
    """Give a folder beside `data` for what is being restored; gone if it was not moved."""
    folder = data.parent / f".{data.name}.restoring"
    with in_words(data.parent):
        data.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def lay_out(file: Path, folder: Path, keys: sealed.Keys, *, secret: str, say: Say) -> Manifest:
    """Lay a backup out as a data folder; stop where anything in it is not as it should be.

    `secret`: the key that this machine is given from outside, if it is; another one would make
    every row of the record look forged.
    """
    said = check.lay_out(file, folder, keys)
    say(f"Opened: made {said.made_at} by version {said.version}, {sum(said.rows.values())} rows.")
    if secret and secret != check.secret_in(folder):
        raise BackupFault(
            "The secret key that this machine is given (ALONGSIDE_SECRET_KEY) is not the one of "
            "this backup. Take it away: the backup brings its own."
        )
    if faults := check.faults_of(folder, said):
        raise BackupFault("This backup cannot be trusted: " + "; ".join(faults) + ".")
    say("Checked: checksums, database, rows, and the chain of the record.")
    for path in sorted((folder / inside.FILES).iterdir()):
        path.rename(folder / path.name)
    (folder / inside.FILES).rmdir()
    (folder / MANIFEST).unlink()
    (folder / KEY).chmod(0o600)
    return said


def put_in_place(folder: Path, data: Path, *, now: datetime) -> Path | None:
    """Let the restored folder take its place; give where the one before it stands now."""
    aside = None
    if data.exists() and any(data.iterdir()):
        aside = aside_of(data, now)
        data.rename(aside)
    with contextlib.suppress(FileNotFoundError):
        data.rmdir()
    folder.rename(data)
    return aside


def aside_of(data: Path, now: datetime) -> Path:
    """Name the place for a folder that is replaced."""
    return data.with_name(f"{data.name}.before-{now:%Y%m%dT%H%M%SZ}")
