"""Break the glass: look into one clinic of one's network, for a reason, for an hour at most."""

import logging
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.access.models import Glass
from alongside.access.who import GLASS
from alongside.audit.actions.record import record
from alongside.clinics.current import working_in
from alongside.clinics.models import Clinic
from alongside.messaging.channels.email import write_to_staff
from alongside.people.actors import Actor
from alongside.people.models import Role, Staff

log = logging.getLogger(__name__)
LONGEST = timedelta(minutes=60)
# A word is no reason.
SHORTEST_REASON = 10


class NoReason(Exception):
    """Nobody looks into a clinic without saying why."""


@transaction.atomic
def break_glass(
    request: HttpRequest, clinic: Clinic, *, reason: str, by: Actor, now: datetime
) -> Glass:
    """Look into a clinic, read-only, from now on; its managers are told at once."""
    reason = reason.strip()
    if by.id is None or len(reason) < SHORTEST_REASON:
        raise NoReason
    with working_in(clinic):
        glass: Glass = Glass.objects.create(
            who=by.id, who_label=by.label, reason=reason, began_at=now, until=now + LONGEST
        )
        record(
            "network.break_glass",
            by=by,
            now=now,
            about=str(glass.pk),
            detail={"reason": reason, "until": glass.until.isoformat()},
        )
        managers = list(
            Staff.objects.select_related("user").filter(role=Role.MANAGER, is_active=True)
        )
    request.session[GLASS] = str(glass.pk)
    for manager in managers:
        transaction.on_commit(partial(_tell, manager, clinic, now))
    return glass


@transaction.atomic
def leave(request: HttpRequest, *, by: Actor, now: datetime) -> None:
    """Stop looking into a clinic."""
    key = request.session.pop(GLASS, None)
    if (
        key
        and by.id
        and Glass.objects.filter(pk=key, who=by.id, ended_at=None).update(ended_at=now)
    ):
        record("network.leave", by=by, now=now, about=str(key))


def _tell(manager: Staff, clinic: Clinic, now: datetime) -> None:
    """Write to a manager, neutrally; a mail server that does not answer holds up nobody."""
    if settings.DEMO or not settings.EMAIL_IS_SET:
        return
    with translation.override(manager.user.language or "en"):
        said = {
            "name": manager.short_name,
            "time": date_format(now.astimezone(clinic.zone), "H:i"),
            "link": f"{settings.PUBLIC_URL}{reverse('network:entries')}",
        }
        body = _(
            "Hello %(name)s.\n\nSomebody from your network opened your place in Alongside at "
            "%(time)s. Who and why stands here, after you signed in: %(link)s"
        )
        try:
            write_to_staff(
                manager.user.email, subject=_("Your network looked in"), body=body % said
            )
        except OSError:
            log.exception("A manager could not be told by e-mail; the board says it.")
