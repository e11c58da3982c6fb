"""Open a backup and look at everything that can be looked at without a server."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alongside.rules.record_chain import key_from
from alongside.site.backups import inside, of_postgres, of_sqlite, sealed
from alongside.site.backups.faults import BackupFault, in_words
from alongside.site.backups.make import KEY
from alongside.site.backups.manifest import Manifest, differences


@contextmanager
def opened(file: Path, keys: sealed.Keys, *, near: Path) -> Iterator[tuple[Path, Manifest]]:
    """Lay a backup out in a folder of its own beside `near`, for as long as it is looked at."""
    with (
        in_words(near),
        tempfile.TemporaryDirectory(prefix=".restoring-", dir=near) as made,
    ):
        yield Path(made), lay_out(file, Path(made), keys)


def lay_out(file: Path, folder: Path, keys: sealed.Keys) -> Manifest:
    """Lay a backup's files out in an empty folder, each one checked."""
    said: list[Manifest] = []
    if not file.is_file():
        raise BackupFault(f"There is no file {file}.")
    with file.open("rb") as source:
        sealed.unseal(source, lambda pipe: said.append(inside.lay_out(pipe, folder)), keys)
    return said[0]


def secret_in(folder: Path) -> str:
    """Give the secret key that lies in a backup."""
    return (folder / inside.FILES / KEY).read_text().strip()


def faults_of(folder: Path, said: Manifest) -> list[str]:
    """Hold what was laid out against what it should be; an empty list is a good backup."""
    if said.engine == "postgresql":
        dump = folder / inside.POSTGRES
        return [] if of_postgres.readable(dump) else ["pg_restore cannot read the dump"]
    database = folder / inside.SQLITE
    if wrong := of_sqlite.wrong_with(database):
        return wrong
    verdicts = of_sqlite.verdicts(database, key_from(secret_in(folder)), dict(said.heads))
    chains = [
        f"the record of clinic {clinic} does not hold at row {verdict.first_bad}: {verdict.why}"
        for clinic, verdict in verdicts.items()
        if verdict.first_bad
    ]
    return [*differences(said.rows, of_sqlite.counted(database)), *chains]
