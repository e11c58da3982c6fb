"""Count who tries addresses that open nothing: guessing is hopeless, and still it shall be slow.

A secret in an address has 128 bits or more. Known ones open for everybody, also from the clinic's
own network after a child has typed a hundred wrong ones; only what opens nothing is refused. Each
process counts for itself, in memory: nothing about anybody is written down.
"""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

MOST = 30
WINDOW = timedelta(minutes=10)
# So many addresses are remembered; the one that was quiet for longest is forgotten first.
KEPT = 10_000


class Guesses:
    """How often each network address asked for what is not there."""

    def __init__(self) -> None:
        self._since: OrderedDict[str, tuple[datetime, int]] = OrderedDict()
        self._lock = Lock()

    def count(self, address: str, *, now: datetime) -> bool:
        """Count a try that opened nothing; tell whether there were too many in ten minutes."""
        with self._lock:
            since, tries = self._since.pop(address, (now, 0))
            if not since <= now < since + WINDOW:
                since, tries = now, 0
            self._since[address] = (since, tries + 1)
            while len(self._since) > KEPT:
                self._since.popitem(last=False)
            return tries >= MOST

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._since.clear()


guesses = Guesses()
