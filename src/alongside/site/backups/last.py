"""What is known of the last backup: beside the database, so that it is known without it."""

import contextlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

NAME = "last-backup.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """When a backup was last made, into which file; when one last failed, and why."""

    made_at: str = ""
    file: str = ""
    size: int = 0
    failed_at: str = ""
    why: str = ""

    @property
    def made(self) -> datetime | None:
        """The moment of the last backup."""
        return datetime.fromisoformat(self.made_at) if self.made_at else None

    @property
    def failed(self) -> datetime | None:
        """The moment of the last failure, when no backup was made since."""
        return datetime.fromisoformat(self.failed_at) if self.failed_at else None


def read(data: Path) -> Last:
    """Read it; what cannot be read is as good as none."""
    with contextlib.suppress(OSError, ValueError, TypeError):
        return Last(**json.loads((data / NAME).read_text()))
    return Last()


def write(data: Path, last: Last) -> None:
    """Keep it, whole or not at all."""
    part = data / f".{NAME}.{os.getpid()}"
    part.write_text(json.dumps(asdict(last), indent=1) + "\n")
    part.chmod(0o600)
    part.replace(data / NAME)
