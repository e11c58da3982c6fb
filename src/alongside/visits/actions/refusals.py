"""Why a visit could not be put into the book: each says which rule said no, and what would help."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.ui.templatetags.ui import clock


class NotBooked(Exception):
    """A booking was refused; nothing was written. `str()` is a sentence for whoever books."""


class InThePast(NotBooked):
    """The time has gone by."""

    def __init__(self, at: datetime, zone: ZoneInfo) -> None:
        super().__init__(
            _("%(when)s has gone by. Choose a time from now on.") % {"when": when(at, zone)}
        )


class TooFar(NotBooked):
    """Nobody books so far ahead: a slip of the year."""

    def __init__(self) -> None:
        super().__init__(_("This is more than two years away. Look at the year again."))


class NoSuchClockTime(NotBooked):
    """On one of these days the clocks jump over the time."""

    def __init__(self, day: date) -> None:
        super().__init__(
            _("On %(day)s the clocks jump over this time. Choose an hour later, or other days.")
            % {"day": date_format(day, _("D j M"))}
        )


class ClinicClosed(NotBooked):
    """The clinic is not open for all of this time."""

    def __init__(self, at: datetime, zone: ZoneInfo) -> None:
        super().__init__(
            _(
                "The clinic is closed for some or all of this visit (%(when)s). "
                "Choose another time, or say that you book it anyway."
            )
            % {"when": when(at, zone)}
        )


class NoLength(NotBooked):
    """A visit takes at least a minute and at most a day."""

    def __init__(self) -> None:
        super().__init__(_("A visit must take at least a minute and at most 12 hours."))


class TherapistDoesNotOffer(NotBooked):
    """This person does not see clients, or not for this kind of visit."""

    def __init__(self, therapist: str, kind: str) -> None:
        super().__init__(
            _("%(who)s does not offer “%(kind)s”. Choose another therapist or kind of visit.")
            % {"who": therapist, "kind": kind}
        )


class SlotJustTaken(NotBooked):
    """The database refused to book somebody or something twice.

    `whose` is "therapist", "room" or "client"; `free` are near starts at which all are free.
    """

    def __init__(
        self, whose: str, name: str, at: datetime, zone: ZoneInfo, free: Sequence[datetime] = ()
    ) -> None:
        self.whose, self.free = whose, list(free)
        super().__init__(f"{_taken(whose, name, when(at, zone))} {_instead(self.free, at, zone)}")


def _taken(whose: str, name: str, at: str) -> str:
    sentence = {
        "therapist": _("%(name)s already has a visit at this time (%(when)s)."),
        "room": _("%(name)s is already in use at this time (%(when)s)."),
        "client": _("%(name)s already has another visit at this time (%(when)s)."),
    }[whose]
    return sentence % {"name": name, "when": at}


def _instead(free: Sequence[datetime], at: datetime, zone: ZoneInfo) -> str:
    if not free:
        return _("We found no free time near it. Try another day or another therapist.")
    day = at.astimezone(zone).date()
    near = ", ".join(
        clock(one, zone) if one.astimezone(zone).date() == day else when(one, zone) for one in free
    )
    return _("Free near it: %(times)s.") % {"times": near}


def when(at: datetime, zone: ZoneInfo) -> str:
    """Say a day and a time as staff read them: Tue 24 Nov 10:30."""
    return f"{date_format(at.astimezone(zone), 'D j M')} {clock(at, zone)}"
