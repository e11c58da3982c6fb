"""What we write to a client about a booking: their first name, the time, our neutral name, a link.

Everything else (whom they meet, why, where) stands behind the link: a letter can be read by others.
"""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.messaging.actions.queue import Letter
from alongside.parts.slots import panels
from alongside.people.models import Client
from alongside.visits.messages.wait import clock
from alongside.visits.models import Visit


def day(visit: Visit, at: datetime | None = None) -> str:
    """The day in words: Tuesday 1 December."""
    return date_format((at or visit.booked_at).astimezone(visit.clinic.zone), _("l j F"))


def time(visit: Visit, at: datetime | None = None) -> str:
    """The clock time as the reader's language writes it."""
    return clock(at or visit.booked_at, visit.clinic.zone)


def confirmation(visit: Visit, link: str, calendar: str) -> Letter:
    """Your visit is booked."""
    said = _named(visit, link)
    return Letter(
        template="booked",
        subject=_("Your visit on %(day)s at %(time)s") % said,
        body=_letter(
            _("Hello %(name)s.") % said,
            _("Your visit is booked: %(day)s at %(time)s.") % said,
            _("Here you can say that you will come, or choose another time:") + f" {link}",
            *_of_other_parts(visit),
            visit=visit,
        ),
        short=_("Hello %(name)s. Your visit is on %(day)s at %(time)s. %(link)s") % said,
        calendar=calendar,
        useful_until=visit.booked_at,
    )


def series_confirmation(visit: Visit, others: list[Visit], link: str, calendar: str) -> Letter:
    """All visits of a series in one letter; the link opens the first of them."""
    said = _named(visit, link)
    times = [f"- {day(one)}, {time(one)}" for one in [visit, *others]]
    return Letter(
        template="booked_series",
        subject=_("Your next visits, from %(day)s at %(time)s") % said,
        body=_letter(
            _("Hello %(name)s.") % said,
            _("These visits are booked for you:"),
            "\n".join(times),
            _("Before each of them we write to you again. The first one:") + f" {link}",
            visit=visit,
        ),
        short=_("Hello %(name)s. Your next visits begin on %(day)s at %(time)s. %(link)s") % said,
        calendar=calendar,
        useful_until=visit.booked_at,
    )


def reminder(visit: Visit, link: str) -> Letter:
    """Your visit is soon."""
    said = _named(visit, link)
    return Letter(
        template="reminder",
        subject=_("Your visit on %(day)s at %(time)s") % said,
        body=_letter(
            _("Hello %(name)s.") % said,
            _("We look forward to seeing you on %(day)s at %(time)s.") % said,
            _("Can you come? Tell us with one tap, or choose another time:") + f" {link}",
            visit=visit,
        ),
        short=_("Hello %(name)s. We see you on %(day)s at %(time)s. Can you come? %(link)s") % said,
        useful_until=visit.booked_at,
    )


def moved(visit: Visit, before: datetime, link: str, calendar: str) -> Letter:
    """Your visit has another time."""
    said = {**_named(visit, link), "old_day": day(visit, before), "old_time": time(visit, before)}
    return Letter(
        template="moved",
        subject=_("Your visit is now on %(day)s at %(time)s") % said,
        body=_letter(
            _("Hello %(name)s.") % said,
            _("Your visit has a new time: %(day)s at %(time)s.") % said,
            _("It was on %(old_day)s at %(old_time)s.") % said,
            _("If this does not suit you, choose another time:") + f" {link}",
            visit=visit,
        ),
        short=_("Hello %(name)s. Your visit is now on %(day)s at %(time)s. %(link)s") % said,
        calendar=calendar,
        useful_until=max(visit.booked_at, before),
    )


def cancelled(visit: Visit, link: str, calendar: str) -> Letter:
    """Your visit is called off."""
    said = _named(visit, link)
    return Letter(
        template="cancelled",
        subject=_("Your visit on %(day)s is cancelled") % said,
        body=_letter(
            _("Hello %(name)s.") % said,
            _("Your visit on %(day)s at %(time)s is cancelled.") % said,
            _("What you can do now:") + f" {link}",
            visit=visit,
        ),
        short=_("Hello %(name)s. Your visit on %(day)s at %(time)s is cancelled. %(link)s") % said,
        calendar=calendar,
        useful_until=visit.booked_at,
    )


def _named(visit: Visit, link: str) -> dict[str, str]:
    return {
        "name": _greeted(visit.client),
        "day": day(visit),
        "time": time(visit),
        "link": link,
    }


def _greeted(client: Client) -> str:
    """The name they like to be called by, unless it would tell the last name."""
    last = client.last_name.casefold()
    return client.first_name if last and last in client.goes_by.casefold() else client.goes_by


def _of_other_parts(visit: Visit) -> list[str]:
    """What other parts ask in a confirmation: it too must be fit to be read by others."""
    found = panels("letter.confirmation", off=visit.clinic.parts_off, visit=visit)
    return [render_to_string(panel.template, dict(panel.context)) for panel in found]


def _letter(*lines: str, visit: Visit) -> str:
    return "\n\n".join([*lines, visit.clinic.called_in_messages])
