"""What happens to a wish, for the parts that listen."""

from alongside.visits.moments import VisitMoment


class WishMade(VisitMoment):
    """A client asked for something while they wait."""


class WishTaken(VisitMoment):
    """Somebody is on their way with what was asked for."""


class WishDone(VisitMoment):
    """A wish was seen to."""
