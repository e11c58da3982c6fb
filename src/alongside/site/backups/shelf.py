"""The folder where backups lie: their names, and which of them stay."""

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from alongside.rules.keeping import Keep, kept
from alongside.site.backups.faults import BackupFault, in_words

STAMP = "alongside-%Y%m%dT%H%M%SZ.tar"


def name_of(made: datetime) -> str:
    """Name a backup by its moment, in UTC."""
    return made.astimezone(UTC).strftime(STAMP)


def made(folder: Path) -> dict[datetime, Path]:
    """Give the backups of a folder by their moment; what is named otherwise is not ours."""
    found = {}
    for path in folder.glob("alongside-*.tar"):
        with contextlib.suppress(ValueError):
            found[datetime.strptime(path.name, STAMP).replace(tzinfo=UTC)] = path
    return found


def check(folder: Path, data: Path) -> None:
    """Refuse a folder that is not there, or that is itself part of what is copied."""
    if not folder.is_dir():
        # Not made by us: a disk that is not mounted would be filled up unseen otherwise.
        raise BackupFault(f"There is no folder {folder}. Is its disk mounted?")
    if data.resolve() in (folder.resolve(), *folder.resolve().parents):
        raise BackupFault(
            f"{folder} is inside the data folder: a backup belongs on another disk, best in "
            "another house."
        )


@contextmanager
def writing(folder: Path, name: str) -> Iterator[BinaryIO]:
    """Write a file for its owner only; it has its name only when it is whole and on the disk."""
    part = folder / f".{name}.part"
    with in_words(folder):
        try:
            with os.fdopen(_private(part), "w+b") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            part.replace(folder / name)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        settle(folder)


def _private(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)


def settle(folder: Path) -> None:
    """See to it that the names in a folder are on the disk; some systems cannot be asked."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def clear(folder: Path, keep: Keep) -> list[Path]:
    """Remove the backups that need not stay; give which."""
    there = made(folder)
    stay = kept(there, keep)
    gone = [path for at, path in sorted(there.items()) if at not in stay]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone
