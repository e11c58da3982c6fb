"""`alongside restore FILE --data NEWDIR`: put a backup back, checked, into a place of its own."""

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from alongside.site.commands import _folder, _keys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which backup, what opens it, and where to."""
    parser.add_argument("file", type=Path, help="the backup")
    _folder.add_data(parser)
    parser.add_argument("--replace", action="store_true", help="the folder has something in it: "
                        "move that aside")  # fmt: skip
    _keys.add_key(parser)


def run(args: argparse.Namespace) -> int:
    """Restore; 1 with a sentence on stderr, and everything as it was, when that cannot be."""
    from alongside.site.backups.faults import BackupFault

    try:
        _restore(args, datetime.now(UTC))
    except BackupFault as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


def _restore(args: argparse.Namespace, now: datetime) -> None:
    from alongside.site.backups import restore

    data: Path = args.data.absolute()
    restore.check_place(data, replace=args.replace)
    _folder.use_without_key()
    with restore.new_folder(data) as folder:
        said = restore.lay_out(args.file, folder, _keys.keys(args), secret=_secret(), say=print)
        os.environ["ALONGSIDE_DATA"] = str(folder)
        _finish(args, data, folder, said)
        aside = restore.put_in_place(folder, data, now=now)
    print(f"Restored: alongside serve --data {data}")
    if aside:
        print(f"What was there stands in {aside}; remove it when you no longer need it.")


def _finish(args: argparse.Namespace, data: Path, folder: Path, said: object) -> None:
    """Bring what was laid out up to this release, and let the parts do again what it misses."""
    _folder.start_django()
    from django.db import connections

    from alongside.parts.restored import Restored, after
    from alongside.site.backups import alive
    from alongside.site.backups.manifest import Manifest

    assert isinstance(said, Manifest)  # noqa: S101 - named late, so that help loads nothing
    alive.check_release(said)
    alive.fill(folder, said)
    _folder.migrate(keep=False)
    print("Brought up to this release.")
    restored = Restored(
        made_at=datetime.fromisoformat(said.made_at),
        data=folder,
        beside=args.file.absolute().parent,
        replaced=data if args.replace and data.is_dir() else None,
    )
    for line in after(restored):
        print(line)
    connections.close_all()


def _secret() -> str:
    if given := os.environ.get("ALONGSIDE_SECRET_KEY"):
        return given
    named = os.environ.get("ALONGSIDE_SECRET_KEY_FILE")
    return Path(named).read_text().strip() if named else ""
