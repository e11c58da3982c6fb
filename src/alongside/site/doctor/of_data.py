"""What the machine says: the data folder, the disk, the clock, the backups."""

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Doubt

from alongside.site.backups import last, shelf

OTHERS = stat.S_IRWXG | stat.S_IRWXO
NIGHT = timedelta(hours=26)
WEEK = timedelta(days=7)
APART = timedelta(seconds=30)
MEGABYTE = 1024 * 1024


def of_data(now: datetime) -> Iterator[CheckMessage]:
    """Look at everything that lies on this machine."""
    yield from folder()
    yield from disk()
    yield from clock(now)
    yield from static()
    yield from backups(now)


def folder() -> Iterator[CheckMessage]:
    """Nobody else of this machine reads the data."""
    data = Path(settings.DATA)
    inside = [data, data / "secret-key", *data.glob("alongside.sqlite3*"), data / last.NAME]
    for path in inside:
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_mode & OTHERS:
                yield Error(
                    f"Other people of this machine can read {path}.",
                    hint=f"chmod go= {path}",
                    id="alongside.E040",
                )


def disk() -> Iterator[CheckMessage]:
    """There is room for what comes."""
    for path in (settings.DATA, settings.BACKUP_TO):
        if (
            path
            and Path(path).is_dir()
            and (free := shutil.disk_usage(path).free) < settings.MIN_FREE_MB * MEGABYTE
        ):
            yield Error(
                f"Only {free // MEGABYTE} MB are free on the disk of {path}.",
                hint="Make room: without it nothing can be kept, and nobody can check in.",
                id="alongside.E041",
            )


def clock(now: datetime) -> Iterator[CheckMessage]:
    """The clock is neither before this release nor beside that of the disk the data lie on."""
    if not Path(settings.DATA).is_dir():
        return
    try:
        with tempfile.NamedTemporaryFile(dir=settings.DATA, prefix=".clock-") as file:
            written = datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, tz=UTC)
    except OSError:
        return
    released = datetime.fromtimestamp(Path(__file__).stat().st_mtime, tz=UTC)
    if abs(written - now) > APART or now < released - timedelta(days=1):
        yield Error(
            f"The clock is wrong: it says {now:%Y-%m-%d %H:%M} UTC, the disk says "
            f"{written:%Y-%m-%d %H:%M}, and this release is of {released:%Y-%m-%d}.",
            hint="Let the machine follow a time server (timedatectl set-ntp true).",
            id="alongside.E042",
        )


def static() -> Iterator[CheckMessage]:
    """Styles and scripts are laid out for serving."""
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
        yield Doubt(
            "Styles and scripts are not laid out in the data folder yet.",
            hint="alongside serve and alongside web do it when they start.",
            id="alongside.W043",
        )


def backups(now: datetime) -> Iterator[CheckMessage]:
    """There is a backup of last night."""
    told = last.read(Path(settings.DATA))
    there = Path(settings.BACKUP_TO) if settings.BACKUP_TO else None
    if there and not there.is_dir():
        yield Error(
            f"The folder for backups, {there}, is not there.",
            hint="Is its disk mounted?",
            id="alongside.E044",
        )
    on_shelf = max(shelf.made(there), default=None) if there and there.is_dir() else None
    newest = max((at for at in (told.made, on_shelf) if at), default=None)
    yield from _age(newest, now, told.why, is_set=bool(there))


def _age(
    newest: datetime | None, now: datetime, why: str, *, is_set: bool
) -> Iterator[CheckMessage]:
    if newest and now - newest < NIGHT:
        return
    how = "docs/how-to/back-up-and-restore.md"
    hint = f"The last try failed: {why}" if why else "Set ALONGSIDE_BACKUP_TO: " + how
    if why and not is_set:
        hint += f" ({how})"
    if newest is None:
        yield Error("There is no backup.", hint=hint, id="alongside.E045")
    elif now - newest > WEEK:
        yield Error(f"The last backup is {(now - newest).days} days old.", hint=hint,
                    id="alongside.E045")  # fmt: skip
    else:
        yield Doubt(f"The last backup is of {newest:%Y-%m-%d %H:%M} UTC, older than a day.",
                      hint=hint, id="alongside.W046")  # fmt: skip
