"""Somebody sees to a wish: "I am going", "done", "not after all"."""

from datetime import datetime

from django.db import transaction

from alongside.audit.actions.record import record
from alongside.live.actions.push import push
from alongside.live.topics import clinic_topic, visit_topic
from alongside.parts import moments
from alongside.people.actors import Actor
from alongside.visits.moments import VisitMoment
from alongside.welcome.models import Wish
from alongside.welcome.moments import WishDone, WishTaken


class SomebodyIsGoing(Exception):
    """Another person took this wish first, or it is over; `wish` is how it is now."""

    def __init__(self, wish: Wish) -> None:
        super().__init__("somebody is going")
        self.wish = wish


@transaction.atomic
def take_wish(wish: Wish, *, by: Actor, now: datetime) -> None:
    """Say "I am going": the client sees who comes. Of two who tap, one goes."""
    untaken = Wish.objects.still_open().filter(pk=wish.pk, taken_at=None)
    if untaken.update(taken_at=now, taken_by_id=by.id):
        _note("welcome.take_wish", wish, by=by, now=now)
        _tell(WishTaken, wish)
        return
    fresh = Wish.objects.select_related("taken_by").get(pk=wish.pk)
    if fresh.taken_by_id != by.id or fresh.withdrawn_at:
        raise SomebodyIsGoing(fresh)


@transaction.atomic
def let_go(wish: Wish, *, by: Actor, now: datetime) -> None:
    """Say "not after all": the wish is everybody's again, as old as it was."""
    taken = Wish.objects.still_open().filter(pk=wish.pk, taken_at__isnull=False)
    if taken.update(taken_at=None, taken_by=None):
        _note("welcome.let_go", wish, by=by, now=now)


@transaction.atomic
def finish_wish(wish: Wish, *, by: Actor, now: datetime) -> None:
    """Say "done"."""
    taken = Wish.objects.still_open().filter(pk=wish.pk, taken_at__isnull=False)
    if taken.update(done_at=now):
        _note("welcome.finish_wish", wish, by=by, now=now)
        _tell(WishDone, wish)


def _note(verb: str, wish: Wish, *, by: Actor, now: datetime) -> None:
    visit, detail = wish.visit, {"wish": wish.kind}
    record(verb, by=by, now=now, client=visit.client_id, about=str(visit.pk), detail=detail)
    push(clinic_topic(wish.clinic_id), visit_topic(visit.pk))


def _tell(kind: type[VisitMoment], wish: Wish) -> None:
    moments.tell(kind(clinic=wish.clinic_id, visit=wish.visit_id), off=wish.clinic.parts_off)
