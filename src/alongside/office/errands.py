"""What the office does by the clock, and after an older copy of the data was put back."""

from datetime import datetime

from alongside.clinics import clock
from alongside.office.actions import scrub
from alongside.office.actions.erase import erase_again
from alongside.office.actions.erasures import NAME, read
from alongside.parts.restored import Restored


def scrub_when_due(now: datetime) -> None:
    """Take traces out of the database's files that an erasure left behind."""
    scrub.scrub_when_due(now)


def after_restore(restored: Restored) -> str:
    """Erase again whoever was erased since the copy was made; give what to say of it."""
    digests = {digest for path in restored.newest(NAME) for digest in read(path)}
    count = erase_again(digests, now=clock.now())
    return f"Erased again, as before the copy was put back: {count}." if count else ""
