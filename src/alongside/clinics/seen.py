"""Two people change the same row: who saves second is shown both, and nothing is overwritten."""

from collections.abc import Mapping
from typing import Any, Protocol


class Versioned(Protocol):
    """A row that counts its changes."""

    version: int


class ChangedMeanwhile(Exception):
    """Somebody else saved since the page was opened; nothing was overwritten.

    `theirs` is what now stands there.
    """

    def __init__(self, theirs: Any) -> None:
        super().__init__("changed meanwhile")
        self.theirs = theirs


def put(row: Versioned, values: Mapping[str, Any], *, seen: int) -> list[str]:
    """Put values on a locked row as it was seen, and name the fields that are now different.

    Raises ChangedMeanwhile where they would take the place of what nobody saw.
    """
    changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
    if changed and row.version != seen:
        raise ChangedMeanwhile(row)
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.version += 1
    return changed
