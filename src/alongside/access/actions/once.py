"""Do a thing once, however often it is sent."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from alongside.access.models import Attempt, Once
from alongside.clinics.prepared import prepared
from alongside.clinics.prepared_writes import insert
from alongside.people.actors import Actor

WINDOW = timedelta(minutes=10)


class TooManyTries(Exception):
    """Somebody tried too often in a short time."""


def own_key(actor: Actor, key: str) -> str:
    """Give the key of what somebody sends: nobody else's answers it. Without one, none."""
    return f"{actor.id}:{key[:40]}" if key else ""


@transaction.atomic
def do_once(
    key: str, verb: str, act: Callable[[], dict[str, Any]], *, now: datetime
) -> dict[str, Any]:
    """Do `act` and keep its answer under this key; sent again, give the first answer."""
    if not key:
        return act()
    known = _known(key[:80], verb) or _keep(key[:80], verb, now)
    if known:
        return dict(known[0])
    answer = act()
    if answer:
        Once.objects.filter(key=key[:80], verb=verb).update(answer=answer)
    return answer


@prepared
def _known(key: str, verb: str) -> QuerySet[Once, dict[str, Any]]:
    return Once.objects.filter(key=key, verb=verb).values_list("answer", flat=True)


def _keep(key: str, verb: str, now: datetime) -> list[dict[str, Any]]:
    """Take the key; if another took it at the same moment, give what they answered."""
    try:
        with transaction.atomic():
            insert(Once(key=key, verb=verb, at=now))
    except IntegrityError:
        return _known(key, verb)
    return []


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
