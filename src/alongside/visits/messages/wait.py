"""What we say to a client about their wait: short, kind, exact."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.ui.templatetags.ui import clock as on_the_wall
from alongside.visits.models import Told


def minutes_of(length: timedelta) -> int:
    """Whole minutes, rounded to the nearest; half a minute counts as one."""
    return int(length.total_seconds() / 60 + 0.5)


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """A clock time as the board, the screen and the clock on the clinic's wall show it: 14:05."""
    return on_the_wall(moment, zone)


def about(told: Told) -> str:
    """The one number: "about 8 minutes"."""
    minutes = minutes_of(told.likely)
    if minutes < 2:
        return _("a minute or two")
    return ngettext("about %(n)d minute", "about %(n)d minutes", minutes) % {"n": minutes}


def between(told: Told) -> str:
    """The honest range."""
    low, high = minutes_of(told.low), minutes_of(told.high)
    if low <= 0:
        return _("Most likely less than %(high)d minutes.") % {"high": high}
    return _("Most likely between %(low)d and %(high)d minutes.") % {"low": low, "high": high}


def by_when(told: Told, zone: ZoneInfo) -> str:
    """The time we stand by."""
    return _("You will most likely go in by %(time)s.") % {"time": clock(told.by, zone)}


def why(reason: str) -> str:
    """The reason in plain words, or nothing when we do not know one."""
    return {
        "earlier_visit_longer": _("The visit before yours is taking longer."),
        "therapist_late": _("Your therapist started late today."),
        "therapist_away": _("Your therapist was called away for a moment."),
        "freed_early": _("A visit before yours ended early."),
        "absence": _("Somebody before you did not come."),
        "moved": _("Your visit was moved to another therapist."),
    }.get(reason, "")


def correction(new: Told, old: Told, zone: ZoneInfo) -> str:
    """What changed, and why: told unasked, on the client's own page."""
    return " ".join(filter(None, [outdoors(new, old, zone), why(new.reason)]))


def outdoors(new: Told, old: Told, zone: ZoneInfo) -> str:
    """What changed, for a letter that can be read over a shoulder: the reason is on the page.

    In clock times: minutes from two different moments would seem to say the opposite.
    """
    times = {"new": clock(new.by, zone), "old": clock(old.by, zone)}
    if new.by > old.by:
        opening = _("We are running late, and we are sorry.")
        changed = _("You will most likely go in by %(new)s, and not by %(old)s as we told you.")
    else:
        opening = _("Good news.")
        changed = _("You will most likely go in by %(new)s, earlier than the %(old)s we told you.")
    return f"{opening} {changed % times}"
