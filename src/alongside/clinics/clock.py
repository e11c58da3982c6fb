"""What time it is for the product: the real time, or the demo's, or a test's.

Views, commands and jobs ask here; everybody else is handed `now`.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shift:
    began_at: datetime
    tick: float
    speed: float


_lock = threading.Lock()
_shift: _Shift | None = None


def now() -> datetime:
    """Give the present, aware and in UTC."""
    shift = _shift
    if shift is None:
        return datetime.now(UTC)
    return shift.began_at + timedelta(seconds=(time.monotonic() - shift.tick) * shift.speed)


def shift(to: datetime, *, speed: float = 1.0) -> None:
    """Set this process's clock to a time, running `speed` times as fast as the real one."""
    global _shift
    with _lock:
        _shift = _Shift(began_at=to.astimezone(UTC), tick=time.monotonic(), speed=speed)


def speed() -> float:
    """Tell how fast this clock runs."""
    return _shift.speed if _shift else 1.0


def reset() -> None:
    """Go back to the real time."""
    global _shift
    with _lock:
        _shift = None


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Stand still at a moment: for tests."""
    shift(moment, speed=0)
    try:
        yield
    finally:
        reset()
