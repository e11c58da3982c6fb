"""Argon2 for a small machine: little memory for each, and few at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.contrib.auth.hashers import Argon2PasswordHasher

# Each holds a core and 19 MiB for some hundredths of a second. Whoever comes while two are at it
# waits their turn; the pages' other threads go on serving those who are in already.
AT_ONCE = 2
_places = BoundedSemaphore(AT_ONCE)


@contextmanager
def in_turn() -> Iterator[None]:
    """Take one of the few places in which this process hashes."""
    with _places:
        yield


class SmallArgon2(Argon2PasswordHasher):
    """19 MiB, two passes, one lane (OWASP's smallest advice), and no more than two at once."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """Hash a new password, in turn."""
        with in_turn():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Compare a password with what is kept, in turn."""
        with in_turn():
            return super().verify(password, encoded)
