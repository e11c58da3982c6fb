"""What a client's page says about the wait that is left, and about who is before them."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.visits.messages.wait import minutes_of

# Nearer than this a number of minutes would be a false promise.
VERY_SOON = timedelta(minutes=2)
HOUR = 60


def is_soon(likely: timedelta) -> bool:
    """Whether it is so near that no number is said."""
    return likely < VERY_SOON


def big(likely: timedelta) -> str:
    """The one number: 8 minutes."""
    if is_soon(likely):
        return _("very soon")
    return in_minutes(likely)


def in_minutes(length: timedelta) -> str:
    """A length in whole minutes; from an hour on, as one says it: 1 h 35."""
    minutes = minutes_of(length)
    if minutes >= HOUR:
        return _("%(hours)d h %(minutes)02d") % {"hours": minutes // 60, "minutes": minutes % 60}
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


def between(low: timedelta, high: timedelta) -> str:
    """The honest range of what is left."""
    least, most = minutes_of(low), max(minutes_of(high), 1)
    if most >= HOUR:
        return _between_hours(low, high)
    if least < 1:
        return ngettext(
            "Most likely in less than %(high)d minute.",
            "Most likely in less than %(high)d minutes.",
            most,
        ) % {"high": most}
    return _("Most likely between %(low)d and %(high)d minutes.") % {"low": least, "high": most}


def _between_hours(low: timedelta, high: timedelta) -> str:
    ends = {"low": in_minutes(low), "high": in_minutes(high)}
    if minutes_of(low) < 1:
        return _("Most likely in less than %(high)s.") % ends
    return _("Most likely between %(low)s and %(high)s.") % ends


def place(people: int) -> str:
    """Where somebody is in the row, without a word about who is before them."""
    if not people:
        return _("You are next")
    return ngettext("%(n)d person is before you", "%(n)d people are before you", people) % {
        "n": people
    }


def doing(therapist: str, *, is_away: bool, is_busy: bool, is_next: bool) -> str:
    """What the therapist does just now; nothing, where we do not know."""
    if is_away:
        return _("%(name)s had to step out for a moment.") % {"name": therapist}
    if is_busy:
        return _("%(name)s is with another person.") % {"name": therapist}
    return _("%(name)s is getting ready for you.") % {"name": therapist} if is_next else ""
