"""Every sentence that goals say to a client."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.rules.goals import Progress, Way


def day(moment: datetime, zone: tzinfo) -> str:
    """A day as one says it: 18 November."""
    return date_format(moment.astimezone(zone), _("j F"))


def how_it_goes(found: Progress | None, zone: tzinfo) -> str:
    """The picture of a goal in one sentence."""
    if found is None:
        return _("You have not told us yet how it goes.")
    now, since = f"{found.last:g}", day(found.since, zone)
    if found.way is Way.FIRST:
        return _("It goes %(now)s out of 10. You told us so on %(since)s.") % {
            "now": now,
            "since": since,
        }
    values = {"first": f"{found.first:g}", "now": now, "since": since, "best": f"{found.best:g}"}
    if found.way is Way.UP:
        return _("It has gone from %(first)s to %(now)s out of 10 since %(since)s.") % values
    if found.way is Way.SAME:
        return _("It goes %(now)s out of 10, as on %(since)s. That can be work too.") % values
    if found.best > found.first:
        return (
            _("It goes %(now)s of 10 now. It was %(best)s before: you can get there again.")
            % values
        )
    return _(
        "It goes %(now)s out of 10 now. Tell us what makes it hard. We look at it together."
    ) % (values)


def thank_you(going: Sequence[int]) -> str:
    """What is said right after somebody tells how it goes: any step is named, however small."""
    if len(going) > 1 and going[-1] > going[-2]:
        values = {"before": going[-2], "now": going[-1]}
        return _("From %(before)d to %(now)d: that is a step. Thank you for telling us.") % values
    return _("Thank you for telling us.")


def reached(at: datetime | None, zone: tzinfo) -> str:
    """A goal that was reached, with its date; "" for one that is not."""
    return _("Reached on %(day)s") % {"day": day(at, zone)} if at else ""
