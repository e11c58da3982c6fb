"""A stretch of the week."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A stretch of a weekday (0 is Monday) on which the clinic is open, in its own zone."""

    weekday: int
    opens: time
    closes: time
