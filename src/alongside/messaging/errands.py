"""The post: sending beside the clock's other errands, so that a slow server holds up none."""

import logging
import threading
from datetime import datetime
from uuid import UUID

from django.db import connection

from alongside.clinics import clock, current
from alongside.messaging.actions.deliver import deliver_due
from alongside.messaging.models import Message

log = logging.getLogger(__name__)
_rounds: dict[UUID, threading.Thread] = {}


def send_the_post(now: datetime) -> None:
    """Start a round for this clinic when something is due and the last round is over.

    The work is done by a thread of its own: a mail server may take ten seconds to say nothing,
    and a client's new wait must not stand in that line.
    """
    clinic = current.clinic_id()
    under_way = _rounds.get(clinic)
    if (under_way and under_way.is_alive()) or not Message.objects.due(now).exists():
        return
    # Not a daemon: `alongside tick` ends when the round does.
    _rounds[clinic] = threading.Thread(target=_round, args=(clinic,), name=f"post-{clinic}")
    _rounds[clinic].start()


def _round(clinic: UUID) -> None:
    try:
        with current.working_in(clinic):
            deliver_due(clock.now())
    except Exception:
        log.exception("The post of a clinic broke; it goes out again in a moment.")
    finally:
        connection.close()
