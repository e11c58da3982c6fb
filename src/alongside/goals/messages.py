"""Every sentence that goals say to a client."""

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.goals.models import Change, Goal, What
from alongside.rules.goals import Progress, Way
from alongside.ui.history import Changed, answer_of, newest_first


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


def history(goal: Goal, changes: Sequence[Change]) -> list[Changed]:
    """How a goal came to be what it is, the newest first: every change with why and by whom.

    `changes` come the newest first.
    """
    return newest_first([*began(goal), *(changed(one) for one in reversed(changes))])


def began(goal: Goal, *, what: str = "", about: str = "") -> Iterator[Changed]:
    """That a goal was written, and when the client said yes to it, if that was later."""
    yield Changed(at=goal.written_at, what=what or _("written"), by=goal.written_by, now=goal.words)
    if goal.agreed_at and goal.agreed_at != goal.written_at:
        yield Changed(at=goal.agreed_at, what=_("said yes"), by=goal.agreed_by, about=about)


def changed(one: Change, *, about: str = "") -> Changed:
    """One change in words."""
    return Changed(
        at=one.at,
        about=about,
        what=str(What(one.what).label),
        by=one.by,
        was=one.was,
        now=one.now,
        why=one.why,
        answer=answer_of(
            agreed=one.agreed_at is not None,
            declined=one.declined_at is not None,
            own=one.by_client,
        ),
        answered_by=one.answered_by,
    )
