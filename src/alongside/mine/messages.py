"""The letter with the link: a first name, until when, the clinic's neutral name. No more."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.access.own import Page
from alongside.messaging.actions.queue import Letter


def key_letter(page: Page, link: str, *, to: str, until: datetime, is_one: bool) -> Letter:
    """Here is the link to your page. Where several people share an address, nobody is named."""
    said = {
        "name": _first_name(page),
        "time": date_format(until.astimezone(page.clinic.zone), "H:i"),
        "link": link,
    }
    return Letter(
        template="own_page",
        subject=_("The link you asked for"),
        body="\n\n".join(
            [
                _("Hello %(name)s.") % said if is_one else _("Hello."),
                _("This link lets you in once, until %(time)s:") % said + f" {link}",
                _("If you did not ask for it, you need do nothing."),
                page.clinic.called_in_messages,
            ]
        ),
        urgent=True,
        secret=True,
        to=to,
        language=page.actor.language,
        useful_until=until,
    )


def new_passkey_letter(page: Page, link: str, *, to: str, at: datetime, is_one: bool) -> Letter:
    """A passkey was added. Whoever did not do so themselves learns it, and what to do."""
    said = {
        "name": _first_name(page),
        "time": date_format(at.astimezone(page.clinic.zone), "H:i"),
        "link": link,
    }
    return Letter(
        template="own_passkey",
        subject=_("A new way to your page"),
        body="\n\n".join(
            [
                _("Hello %(name)s.") % said if is_one else _("Hello."),
                _("A passkey was added to your page at %(time)s. Was it you? Then all is well.")
                % said,
                _("If not, take it away here:") + f" {link}",
                page.clinic.called_in_messages,
            ]
        ),
        urgent=True,
        secret=True,
        to=to,
        language=page.actor.language,
    )


def _first_name(page: Page) -> str:
    if page.close_one:
        return page.close_one.name.split()[0]
    client = page.client
    last = client.last_name.casefold()
    return client.first_name if last and last in client.goes_by.casefold() else client.goes_by
