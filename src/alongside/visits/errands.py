"""What takes seconds at night, beside the other errands: learning holds up no correction."""

import logging
import threading
from datetime import datetime
from uuid import UUID

from django.db import connection

from alongside.clinics import current
from alongside.visits.actions.learn import learn_nightly

log = logging.getLogger(__name__)
_lessons: dict[UUID, threading.Thread] = {}
# One clinic after the other: a network's hundred lessons must not compute all at once.
_desk = threading.Lock()


def learn_at_night(now: datetime) -> None:
    """Begin this clinic's lesson in a thread of its own, unless one is under way."""
    clinic = current.clinic_id()
    under_way = _lessons.get(clinic)
    if under_way is None or not under_way.is_alive():
        _lessons[clinic] = threading.Thread(target=_lesson, args=(clinic, now), name="lesson")
        _lessons[clinic].start()


def _lesson(clinic: UUID, now: datetime) -> None:
    try:
        with _desk, current.working_in(clinic):
            learn_nightly(now)
    except Exception:
        log.exception("A clinic's lesson broke; it is tried again within the night.")
    finally:
        connection.close()
