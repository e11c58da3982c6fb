"""What can go wrong with a backup, in words for whoever stands before it."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class BackupFault(Exception):
    """A backup or a restore that could not be; its text says why and what to do."""


class WrongKey(BackupFault):
    """The key at hand does not open this backup."""


@contextmanager
def in_words(place: Path) -> Iterator[None]:
    """Say what the system says about a place in words; let every other fault pass."""
    try:
        yield
    except OSError as fault:
        raise BackupFault(_said(fault, place)) from fault


def _said(fault: OSError, place: Path) -> str:
    if fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"There is no room left on the disk of {place}. Nothing half-made was kept."
    if fault.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"This person may not write to {place}."
    if fault.errno in (errno.ENOENT, errno.ENOTDIR):
        return f"There is no {fault.filename or place}."
    return f"{place}: {fault.strerror or fault}"
