"""Send a correction after a client who may not be looking at their page."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from alongside.messaging.actions.queue import Letter, queue_letter
from alongside.people.actors import the_clock
from alongside.visits.messages import wait as words
from alongside.visits.models import Channel, Told, Visit


def send_correction(visit: Visit, new: Told, old: Told, *, now: datetime) -> list[str]:
    """Queue the news by the way this client chose; give the channels that it goes out by.

    What is held back, or has no address to go to, reaches nobody: somebody has to tell them.
    """
    client = visit.client
    if client.prefers == "none":
        return []
    with translation.override(client.language):
        letter = Letter(
            template="wait_changed",
            subject=_("Your wait has changed"),
            body=_("Hello %(name)s. %(news)s")
            % {
                "name": client.goes_by,
                "news": words.outdoors(new, old, visit.clinic.zone),
            },
            urgent=True,
        )
        sent = queue_letter(
            client,
            letter,
            by=the_clock(visit.clinic_id),
            now=now,
            about=visit.pk,
            key=f"wait:{new.pk}",
        )
    known = {Channel.EMAIL.value, Channel.SMS.value}
    gone = [message for message in sent if message.failed_at is None]
    return [message.channel for message in gone if message.channel in known]
