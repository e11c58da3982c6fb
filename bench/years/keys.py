"""Keys as the product makes them (UUIDv7), of the moment at which a row would have been written.

Their last four signs are 0000, where `clone.py` puts the number of a clinic.
"""

from datetime import datetime
from random import Random
from uuid import UUID

VERSION, VARIANT = 0x7 << 76, 0b10 << 62


class Keys:
    """Keys that are the same each time for the same seed."""

    def __init__(self, seed: str) -> None:
        self._bits = Random(f"keys {seed}").getrandbits

    def at(self, moment: datetime) -> UUID:
        """Make a key that says it was made at this moment."""
        time = int(moment.timestamp() * 1000) << 80
        return UUID(int=time | VERSION | self._bits(12) << 64 | VARIANT | self._bits(46) << 16)
