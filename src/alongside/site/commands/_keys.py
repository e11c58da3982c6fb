"""What opens a backup: from files and settings, or asked for where a person sits."""

import argparse
import getpass
import os
import sys
from pathlib import Path

from alongside.site.backups.faults import BackupFault
from alongside.site.backups.sealed import Keys

PASSPHRASE = "ALONGSIDE_BACKUP_PASSPHRASE"  # noqa: S105 - the name of a setting


def add_key(parser: argparse.ArgumentParser) -> None:
    """Let a command be told which key opens a backup."""
    parser.add_argument(
        "--key",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a file with an age key that opens it; else the passphrase, from "
        f"{PASSPHRASE} or asked for",
    )


def keys(args: argparse.Namespace) -> Keys:
    """Give what is at hand to open a backup with."""
    files: list[Path] = args.key
    identities = [line for file in files for line in _lines(file)]
    phrase = passphrase()
    if not identities and not phrase and sys.stdin.isatty():
        phrase = getpass.getpass("Passphrase of the backup: ")
    return Keys(identities=tuple(identities), passphrase=phrase)


def passphrase() -> str:
    """Give the passphrase that this process was told, or nothing. Needs no settings loaded."""
    if said := os.environ.get(PASSPHRASE):
        return said
    named = os.environ.get(f"{PASSPHRASE}_FILE")
    return _text(Path(named)).strip() if named else ""


def _lines(file: Path) -> list[str]:
    lines = (line.strip() for line in _text(file).splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _text(file: Path) -> str:
    try:
        return file.read_text()
    except OSError as fault:
        raise BackupFault(f"{file} cannot be read: {fault.strerror}.") from None
