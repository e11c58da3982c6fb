"""Somebody tells us by themselves that they are here: by phone, at the door, at the kiosk."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError

from alongside.access.actions.once import do_once
from alongside.people.actors import Actor
from alongside.visits.actions.check_in import AlreadyHere, check_in
from alongside.visits.actions.step import SomebodyWasFaster
from alongside.visits.models import INSIDE, Channel, Visit
from alongside.visits.queries.client import own_visit
from alongside.visits.queries.look import look_ahead

TRIES = 3


class HereForAnother(Exception):
    """This person is with us for another visit of today, which comes first."""

    def __init__(self, visit: Visit) -> None:
        super().__init__("here for another visit")
        self.visit = visit


def arrive(visit: Visit, *, by: Actor, channel: Channel, key: str, now: datetime) -> None:
    """Check somebody in; sent twice or said twice, the first time counts.

    Raises NotFromHere when the visit is over or called off, HereForAnother when their other visit
    of today goes on.
    """
    # A visit's own keys: whoever sends another's key gets nothing of theirs.
    whole = f"{visit.pk}:{key}" if key else ""
    looked = look_ahead(now, arriving=visit)
    for last in (*[False] * (TRIES - 1), True):

        def act(visit: Visit = visit) -> dict[str, Any]:
            check_in(visit, by=by, channel=channel, now=now, looked=looked)
            return {}

        try:
            do_once(whole, "visits.arrive", act, now=now)
        except AlreadyHere:
            return
        except (SomebodyWasFaster, IntegrityError):
            # Another desk wrote at the same moment, or gave the same code: look and try again.
            if _is_inside(visit):
                raise HereForAnother(visit) from None
            if last:
                raise
            visit = own_visit(visit.pk) or visit
        else:
            return


def _is_inside(visit: Visit) -> bool:
    others = Visit.objects.on_day(visit.day).filter(client=visit.client_id, state__in=INSIDE)
    return bool(others.exclude(pk=visit.pk).exists())
