"""What happens to a visit, for the parts that listen."""

from dataclasses import dataclass
from uuid import UUID

from alongside.parts.moments import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitMoment(Moment):
    """Something happened to this visit."""

    visit: UUID


class VisitBooked(VisitMoment):
    """A visit was put into the book."""


class VisitMoved(VisitMoment):
    """A visit got another time, therapist or room."""


class VisitCancelled(VisitMoment):
    """A visit was called off."""


class ClientArrived(VisitMoment):
    """Somebody checked in."""


class VisitStarted(VisitMoment):
    """The client went in."""


class VisitFinished(VisitMoment):
    """The client's time with the therapist is over."""


class WaitTold(VisitMoment):
    """An expected wait was told, first or again."""
