"""`alongside backup`: a locked copy of everything, made while the clinic works."""

import argparse
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from alongside.site.commands import _folder, _keys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to copy, where to, who can open it, and what is kept."""
    _folder.add_data(parser)
    parser.add_argument("--to", type=Path, metavar="DIR", help="folder of the backups, which must "
                        "be there (ALONGSIDE_BACKUP_TO)")  # fmt: skip
    parser.add_argument("--for", dest="recipients", action="append", metavar="KEY",
                        help="public key of age (age1...) that can open it, once for each "
                        "(ALONGSIDE_BACKUP_KEYS)")  # fmt: skip
    parser.add_argument("--keep", metavar="WORDS", help="the last backup of so many days, weeks "
                        "and months stays (ALONGSIDE_BACKUP_KEEP, else 7d 5w 12m)")  # fmt: skip
    parser.add_argument("--verify", type=Path, metavar="FILE", help="make none: open this backup, "
                        "and check all that is in it")  # fmt: skip
    _keys.add_key(parser)


def run(args: argparse.Namespace) -> int:
    """Make a backup, or look at one; 1 with a sentence on stderr when that cannot be."""
    from alongside.site.backups.faults import BackupFault

    try:
        return _verify(args) if args.verify else _make(args)
    except BackupFault as fault:
        print(fault, file=sys.stderr)
        return 1


def _make(args: argparse.Namespace) -> int:
    from alongside.site.backups.faults import BackupFault

    data: Path = args.data
    if not data.is_dir():
        raise BackupFault(f"There is no data folder {data}.")
    _folder.use(data)
    _folder.start_django()
    from django.conf import settings

    from alongside.rules.keeping import keep_from
    from alongside.site.backups.make import make
    from alongside.site.backups.own_key import lock_of
    from alongside.site.backups.source import source

    to = args.to or settings.BACKUP_TO
    if not to:
        raise BackupFault("Where to? Say --to DIR, or set ALONGSIDE_BACKUP_TO.")
    recipients = tuple(args.recipients or settings.BACKUP_KEYS)
    phrase, secret = settings.BACKUP_PASSPHRASE, settings.SECRET_KEY
    lock = lock_of(settings.DATA, recipients=recipients, passphrase=phrase, secret=secret)
    try:
        keep = keep_from(args.keep or settings.BACKUP_KEEP)
    except ValueError as fault:
        raise BackupFault(str(fault)) from None
    done = make(source(), Path(to).absolute(), lock, keep, now=datetime.now(UTC))
    print(f"{done.file}: {done.size / 1e6:.1f} MB, {sum(done.manifest.rows.values())} rows.")
    if done.gone:
        print(f"{len(done.gone)} older backups were cleared away.")
    return 0


def _verify(args: argparse.Namespace) -> int:
    from alongside.site.backups import check
    from alongside.site.backups.faults import BackupFault

    # Never in the folder of the backups, which may be a disk that others see.
    near = args.data if args.data.is_dir() else Path(tempfile.gettempdir())
    _folder.use_without_key()
    with check.opened(args.verify, _keys.keys(args), near=near) as (folder, said):
        faults = check.faults_of(folder, said)
        if faults:
            raise BackupFault("This backup cannot be trusted: " + "; ".join(faults) + ".")
    total = sum(said.rows.values())
    print(f"Good: made {said.made_at} by version {said.version}, {total} rows.")
    if said.engine == "postgresql":
        print("The rows and the record's chain can only be checked by restoring it.")
    return 0
