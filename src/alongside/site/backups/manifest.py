"""What a backup says about itself, and what is checked against it when it is opened."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from alongside.site.backups.faults import BackupFault

NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The end of a clinic's chain when the copy was made."""

    number: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Version, engine, migrations, rows of each table, ends of the chains, files with checksums."""

    version: str
    made_at: str
    engine: str
    migrations: tuple[str, ...]
    rows: Mapping[str, int]
    heads: Mapping[str, Head]
    files: Mapping[str, str] = field(default_factory=dict)
    format: int = FORMAT

    def text(self) -> str:
        """Write it as JSON."""
        return json.dumps(asdict(self), indent=1, sort_keys=True) + "\n"


def read(text: str) -> Manifest:
    """Read what `text` wrote; a newer format is refused."""
    said: dict[str, Any] = json.loads(text)
    if said["format"] > FORMAT:
        raise BackupFault(
            f"This backup was made by a newer release ({said['version']}): update Alongside first."
        )
    heads = {clinic: Head(**head) for clinic, head in said.pop("heads").items()}
    return Manifest(**{**said, "heads": heads, "migrations": tuple(said["migrations"])})


def differences(said: Mapping[str, int], found: Mapping[str, int]) -> list[str]:
    """Name the tables whose rows are not as many as was said."""
    names = sorted({*said, *found})
    return [
        f"{name}: {said.get(name, 0)} rows were copied and {found.get(name, 0)} are here"
        for name in names
        if said.get(name, 0) != found.get(name, 0)
    ]
