"""The night's backup: begun by whoever does the errands, in a process of its own.

Of its own, so that nobody's reminder or corrected wait stands behind a long copy, and so that the
server's memory stays what it is.
"""

import contextlib
import logging
import os
import subprocess
import sys
import time
from datetime import UTC, datetime, tzinfo

from django.conf import settings

from alongside.clinics.models import Clinic
from alongside.rules.keeping import is_due
from alongside.site.backups import last

logger = logging.getLogger(__name__)
# Seconds between two looks, and before one that failed is tried again.
LOOK, AGAIN = 60.0, 3600.0
# Behind everybody who waits for a page.
NICE = 10


class Nightly:
    """Begins a backup when the night's hour has come, and says in the log when one failed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._next_look = 0.0

    def look(self, now: datetime) -> None:
        """Begin the night's backup, if there is a folder for it and it is due."""
        if not settings.BACKUP_TO or settings.DEMO or time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + LOOK
        if self._is_at_work():
            return
        made = last.read(settings.DATA).made
        if is_due(made, hour=settings.BACKUP_HOUR, zone=_zone(), now=now):
            self._next_look = time.monotonic() + AGAIN
            self._begin()

    def _is_at_work(self) -> bool:
        if self._process is None:
            return False
        ended = self._process.poll()
        if ended is None:
            return True
        self._process = None
        if ended:
            why = last.read(settings.DATA).why
            logger.error("The night's backup failed: %s (alongside doctor says more)", why)
        return False

    def _begin(self) -> None:
        words = [sys.executable, "-m", "alongside.site.cli", "backup", "--data", str(settings.DATA)]
        self._process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        with contextlib.suppress(OSError, AttributeError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, NICE)


def _zone() -> tzinfo:
    clinic = Clinic.objects.order_by("pk").only("zone_name").first()
    return clinic.zone if clinic else UTC
