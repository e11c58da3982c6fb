"""After an older copy of the data was put back: what happened since must be done again.

An erasure is the example. Somebody asked to be forgotten in May; in June the copy of April is put
back, and there they are. Whoever erases therefore keeps a list of what was erased (keys, no names)
as a file in the data folder, where every backup takes it along, and names a function in
`Part.restores` that reads the lists and erases again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.module_loading import import_string

from alongside.parts import registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """From when the copy is, and the folders where something newer than it may stand.

    `data` is the folder with the restored data; `beside` the folder in which the backup lay;
    `replaced` the folder that was in use until now, where it was named.
    """

    made_at: datetime
    data: Path
    beside: Path
    replaced: Path | None = None

    def newest(self, name: str) -> Iterator[Path]:
        """Give every file of this name in those folders."""
        folders = [folder for folder in (self.replaced, self.beside, self.data) if folder]
        yield from (path for folder in folders if (path := folder / name).is_file())


def after(restored: Restored) -> Iterator[str]:
    """Let every part do again what the copy does not know of; give what each says."""
    for part in registry.every():
        for dotted in part.restores:
            said = import_string(dotted)(restored)
            if said:
                yield str(said)
