"""Do a thing once, however often it is sent."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from alongside.access.models import Attempt, Once

WINDOW = timedelta(minutes=10)


class TooManyTries(Exception):
    """Somebody tried too often in a short time."""


@transaction.atomic
def do_once(
    key: str, verb: str, act: Callable[[], dict[str, Any]], *, now: datetime
) -> dict[str, Any]:
    """Do `act` and keep its answer under this key; sent again, give the first answer."""
    if not key:
        return act()
    mine, is_new = Once.objects.get_or_create(key=key[:80], verb=verb, defaults={"at": now})
    if is_new:
        mine.answer = act()
        if mine.answer:
            mine.save(update_fields=["answer"])
    return dict(mine.answer)


def count_attempt(who: str, *, now: datetime, most: int) -> Attempt:
    """Count a try; raise TooManyTries when there were more than `most` in ten minutes."""
    Attempt.objects.filter(at__lt=now - WINDOW).delete()
    if Attempt.objects.filter(who=who).count() >= most:
        raise TooManyTries
    mine: Attempt = Attempt.objects.create(who=who, at=now)
    return mine


def forgive_attempt(attempt: Attempt) -> None:
    """Take a try back: it was no guess, and many people share a waiting room's address."""
    attempt.delete()
