"""What a client may change by their own link, and until when."""

from datetime import datetime

from alongside.people.actors import OWN, Actor
from alongside.visits.models import Visit


class TooLate(Exception):
    """It is too near to the visit to change it by oneself; the clinic has to be called."""

    def __init__(self, visit: Visit) -> None:
        super().__init__("too late")
        self.visit = visit


class NotTheirs(Exception):
    """A client acts on somebody else's visit."""


def changes_until(visit: Visit) -> datetime:
    """Give the moment until which a client may change or cancel this visit by themselves."""
    return visit.booked_at - visit.clinic.change_until


def refuse_too_late(visit: Visit, *, by: Actor, now: datetime) -> None:
    """Let staff do what they must; hold a client to their own visit and the clinic's limit."""
    refuse_others(visit, by=by)
    if by.kind in OWN and now > changes_until(visit):
        raise TooLate(visit)


def refuse_others(visit: Visit, *, by: Actor) -> None:
    """Hold a client to their own visit."""
    if by.kind in OWN and by.client != visit.client_id:
        raise NotTheirs
