"""How many may be connected at one time: in all, and from one address.

A connection is a file for the system, and one that is too many would wait for an answer that cannot
come. Behind a proxy every connection is the proxy's: there it counts addresses, if anybody does.
"""

import logging
import resource
from collections import Counter
from dataclasses import dataclass, field

logger = logging.getLogger(__name__)
# What we ask the system for; many systems begin with 1,024.
FILES = 16384
# Files that are no connection: the database, pages that are read, whoever is being turned away.
SPARE = 384
CONNECTIONS = 8000
# One address is a house with all its phones and screens behind one line, not everybody.
SHARE = 4


@dataclass(slots=True)
class Doors:
    """Who is connected, and how many may be."""

    total: int
    each: int
    _inside: Counter[str] = field(default_factory=Counter)
    _all: int = 0

    @classmethod
    def of(cls, files: int, *, behind_proxy: bool) -> "Doors":
        """Share out the files that this process may open."""
        total = min(CONNECTIONS, max(files - SPARE, files // 2))
        return cls(total=total, each=total if behind_proxy else total // SHARE)

    def enter(self, address: str) -> bool:
        """Let one more connection in from this address, or say that there is no room."""
        if self._all >= self.total or self._inside[address] >= self.each:
            return False
        self._all += 1
        self._inside[address] += 1
        return True

    def leave(self, address: str) -> None:
        """Note that a connection that was let in has ended."""
        self._all -= 1
        self._inside[address] -= 1
        if not self._inside[address]:
            del self._inside[address]


def files() -> int:
    """Let this process open as many files as the system allows, and tell how many those are."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft < most:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        except (ValueError, OSError):
            # A system may promise more than it gives.
            most = soft
    most = max(most, soft) if soft != resource.RLIM_INFINITY else FILES
    if most < CONNECTIONS + SPARE:
        logger.warning(
            "The system lets this process open %d files: at most %d pages can be open at one time. "
            "More: LimitNOFILE in docs/how-to/systemd.md, or `ulimit -n`.",
            most,
            Doors.of(most, behind_proxy=True).total,
        )
    return most
