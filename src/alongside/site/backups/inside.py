"""The compressed tar inside a backup: the database, the keys and files beside it, the manifest."""

import gzip
import hashlib
import io
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from alongside.site.backups import manifest
from alongside.site.backups.faults import BackupFault
from alongside.site.backups.manifest import Manifest

# Quick on a small machine; most of the saving is in the first step.
LEVEL = 1
FILES = "files"
SQLITE, POSTGRES = "alongside.sqlite3", "alongside.pgdump"
# Of the data folder, what can be made again or belongs to a running process.
LEFT = {"secret-key", "static", "mail", "setup-code", "last-backup.json"}
LEFT_BEGINNING = ("alongside.sqlite3", ".")


def beside(folder: Path) -> Iterator[Path]:
    """Give what else stands in the data folder: whatever we do not know how to make again."""
    for path in sorted(folder.rglob("*")):
        first = path.relative_to(folder).parts[0]
        if path.is_file() and first not in LEFT and not first.startswith(LEFT_BEGINNING):
            yield path


def write(
    target: BinaryIO, database: Path, extra: Iterable[tuple[str, bytes | Path]], of: Manifest
) -> None:
    """Write the database, then what stands beside it, then the manifest with all checksums."""
    sums: dict[str, str] = {}
    with (
        gzip.GzipFile(fileobj=target, mode="wb", compresslevel=LEVEL, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.GNU_FORMAT) as tar,
    ):
        for name, content in [(database.name, database), *extra]:
            sums[name] = _add(tar, name, content)
        _add(tar, manifest.NAME, replace(of, files=sums).text().encode())


def _add(tar: tarfile.TarFile, name: str, content: bytes | Path) -> str:
    member = tarfile.TarInfo(name)
    member.mode = 0o600
    with content.open("rb") if isinstance(content, Path) else io.BytesIO(content) as source:
        member.size = source.seek(0, io.SEEK_END)
        source.seek(0)
        counted = _Summed(source)
        tar.addfile(member, counted)
    return counted.sum.hexdigest()


class _Summed:
    """A file that is summed up while it is read."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        some = self._source.read(size)
        self.sum.update(some)
        return some


def lay_out(source: BinaryIO, folder: Path) -> Manifest:
    """Lay a backup's files out in a folder, check every one, and give the manifest."""
    try:
        sums = dict(_members(source, folder))
        said = manifest.read((folder / manifest.NAME).read_text())
    except (tarfile.TarError, EOFError, gzip.BadGzipFile, FileNotFoundError, ValueError):
        raise BackupFault("This backup is damaged, or it was cut short.") from None
    sums.pop(manifest.NAME)
    if sums != dict(said.files):
        raise BackupFault("This backup is damaged: its files are not those it says it has.")
    return said


def _members(source: BinaryIO, folder: Path) -> Iterator[tuple[str, str]]:
    with tarfile.open(fileobj=source, mode="r|gz") as tar:
        for member in tar:
            path = PurePosixPath(member.name)
            if not member.isfile() or path.is_absolute() or ".." in path.parts:
                raise BackupFault("This backup is not one of ours: it would write elsewhere.")
            content = tar.extractfile(member)
            assert content is not None  # noqa: S101 - it is a file
            target = folder.joinpath(*path.parts)
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            yield member.name, _copied(content, target)


def _copied(content: Iterable[bytes] | BinaryIO, target: Path) -> str:
    total = hashlib.sha256()
    with target.open("xb") as file:
        target.chmod(0o600)
        while some := content.read(1 << 20):  # type: ignore[union-attr]
            total.update(some)
            file.write(some)
    return total.hexdigest()
