"""Ask for the link to one's own page."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from alongside.access.actions.links import give_link
from alongside.access.models import Purpose
from alongside.access.own import pages_of
from alongside.audit.actions.record import record
from alongside.clinics.current import working_in
from alongside.messaging.actions.queue import queue_letter
from alongside.mine.messages import key_letter
from alongside.office.actions.knock import knock
from alongside.people.actors import the_clock

LASTS = timedelta(minutes=30)
MOST_FOR_ONE = 5
# A waiting room shares one address.
MOST_FROM_HERE = 30


@transaction.atomic
def ask_for_link(email: str, *, address: str, now: datetime) -> str:
    """Send the link to whoever may open a page with this address; nobody is told whether any may.

    Raises TooManyTries, for an address that nobody has as for one that somebody has. Gives the
    link: for the demo, where nothing leaves the house, and nobody else.
    """
    email = email.strip().lower()
    knock(f"own:{email}", now=now, most=MOST_FOR_ONE)
    knock(f"own-from:{address}", now=now, most=MOST_FROM_HERE)
    pages = pages_of(email, now=now)
    if not pages:
        return ""
    page = pages[0]
    until = now + LASTS
    with working_in(page.clinic), translation.override(page.actor.language):
        token = give_link(
            page.client,
            purpose=Purpose.SIGN_IN,
            subject=page.client.pk,
            now=now,
            until=until,
            close_one=page.close_one,
            email=email,
        )
        link = f"{settings.PUBLIC_URL}{reverse('mine:enter', args=[token])}"
        is_one = len({one.actor.label for one in pages}) == 1
        letter = key_letter(page, link, to=email, until=until, is_one=is_one)
        by = the_clock(page.clinic.pk)
        queue_letter(page.client, letter, by=by, now=now, about=page.client.pk)
        record("mine.ask", by=by, now=now, client=page.client.pk)
    return link
