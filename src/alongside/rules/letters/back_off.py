"""How long to wait before a message is tried again."""

from datetime import timedelta

# A short hiccup, a restart, a longer outage; after that a person should look.
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))


def try_again_after(attempts: int) -> timedelta | None:
    """Give the wait after so many tries (1 or more), or None: this was the last."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None
