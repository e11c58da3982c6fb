"""The clock's errands: what the product does by itself, and which of several servers does it.

Parts declare theirs in `Part.errands`; each is called with `now`, in each clinic where the part is
on and, where the errand can tell for all clinics at once, where there is anything to do. A server
that is killed is followed by another within ten seconds. For a moment two may run, so an errand
claims what it works on by a conditional update, like any action.
"""

import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils.module_loading import import_string

from alongside.clinics import clock
from alongside.clinics.current import across_clinics, working_in
from alongside.clinics.models import Clinic
from alongside.live.actions.lease import end_lease, take_lease
from alongside.parts import registry
from alongside.parts.part import Errand
from alongside.site.known_rows import KnownRows, count_rows
from alongside.site.nightly import Nightly

logger = logging.getLogger(__name__)
JOB = "errands"
LENGTH = timedelta(seconds=7)
RENEW_EVERY = 2.0
EVERY = 0.3
# Seconds that an errand which failed is left alone, and the whole loop without a database.
REST = 10.0
WITHOUT_DATABASE = 1.0
AWAY = (OperationalError, InterfaceError)

Run = Callable[[datetime], None]
Key = tuple[UUID, str]
# The place of an errand that is asked about for all clinics at once.
EVERYWHERE = UUID(int=0)


@dataclass(slots=True)
class Round:
    """What was done when, so that each errand is done at its own pace."""

    done_at: dict[Key, datetime] = field(default_factory=dict)
    rests_until: dict[Key, float] = field(default_factory=dict)

    def is_due(self, key: Key, every: timedelta, *, now: datetime) -> bool:
        """Tell whether it is time; a clock that was put back makes everything due."""
        last = self.done_at.get(key)
        return self.rested(key) and (last is None or now < last or now - last >= every)

    def rested(self, key: Key) -> bool:
        """Tell whether an errand that failed here may be tried again."""
        return time.monotonic() >= self.rests_until.get(key, 0.0)


def due(round_: Round, *, now: datetime) -> Iterator[tuple[Key, Run]]:
    """Give the errands that are due, one after the other, in each clinic that has use for it."""
    for part in registry.every():
        for dotted, errand in part.errands.items():
            for clinic in _where(dotted, errand, round_, now):
                if registry.is_on(part.name, clinic.parts_off):
                    yield (clinic.pk, dotted), import_string(dotted)


def _where(dotted: str, errand: Errand, round_: Round, now: datetime) -> list[Clinic]:
    # Nobody comes to the office of a network: there is nothing to do for the clock.
    clinics = Clinic.objects.filter(is_office=False).order_by("pk").only("pk", "parts_off")
    if not errand.where:
        return [one for one in clinics if round_.is_due((one.pk, dotted), errand.every, now=now)]
    if not round_.is_due((EVERYWHERE, dotted), errand.every, now=now):
        return []
    with across_clinics("an errand asks once for all clinics where there is anything to do"):
        keys = import_string(errand.where)(now)
    round_.done_at[EVERYWHERE, dotted] = now
    return [one for one in clinics.filter(pk__in=keys) if round_.rested((one.pk, dotted))]


def do(key: Key, run: Run, round_: Round, *, now: datetime) -> None:
    """Do one errand in its clinic; one that fails is said and rests, and the others go on."""
    clinic, dotted = key
    round_.done_at[key] = now
    try:
        with working_in(clinic):
            run(now)
    except AWAY:
        round_.rests_until[key] = time.monotonic() + WITHOUT_DATABASE
        raise
    except Exception:
        logger.exception("The errand %s failed; it is tried again in %d seconds.", dotted, REST)
        round_.rests_until[key] = time.monotonic() + REST


class Errands:
    """The loop, in a thread of its own."""

    def __init__(self, *, every: float = EVERY) -> None:
        self._every = every
        self._round = Round()
        self._nightly = Nightly()
        self._known_rows = KnownRows()
        self._holder = secrets.token_hex(8)
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._renewed = 0.0
        self._is_ours = False
        self._well = True

    def start(self) -> None:
        """Begin, beside whatever this process does."""
        self._thread = threading.Thread(target=self.go_on, name="errands", daemon=True)
        self._thread.start()

    def stop(self, *, within: float = 2.0) -> None:
        """End after the errand at hand, and let another server have the lease."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(within)

    def go_on(self) -> None:
        """Loop until stopped, whatever fails."""
        while not self._stop.is_set():
            try:
                self.look()
                self._well = True
            except AWAY as fault:
                self._wait_for_database(fault)
            except Exception:
                logger.exception("The clock's errands failed; trying on.")
                self._stop.wait(WITHOUT_DATABASE)
            self._stop.wait(self._every)
        self._leave()

    def look(self) -> None:
        """Do what is due, if it is this server's turn."""
        close_old_connections()
        now = clock.now()
        if not self._lead():
            return
        for key, run in due(self._round, now=now):
            if self._stop.is_set() or not self._lead():
                return
            do(key, run, self._round, now=now)
        self._nightly.look(now)
        self._known_rows.look()

    def _lead(self) -> bool:
        """Keep or win the lease; asks the database only every few seconds."""
        if time.monotonic() - self._renewed >= RENEW_EVERY:
            # The time before the question: an answer that came late must not lengthen the lease.
            self._renewed = time.monotonic()
            self._is_ours = take_lease(JOB, holder=self._holder, length=LENGTH)
        return self._is_ours

    def _wait_for_database(self, fault: Exception) -> None:
        if self._well:
            logger.warning("The clock's errands wait for the database: %s", type(fault).__name__)
        self._well = self._is_ours = False
        self._renewed = 0.0
        connection.close()
        self._stop.wait(WITHOUT_DATABASE)

    def _leave(self) -> None:
        try:
            if self._is_ours:
                end_lease(JOB, holder=self._holder)
        except AWAY:
            logger.warning("The errands' lease could not be given back; it ends by itself.")
        finally:
            connection.close()


def run_once() -> None:
    """Do everything once, now: for `alongside tick` without a loop; no lease is asked."""
    round_ = Round()
    now = clock.now()
    for key, run in due(round_, now=now):
        do(key, run, round_, now=now)
    count_rows()


def run_for_ever(*, every: float) -> None:
    """Loop in this process alone until interrupted: for `alongside tick --every`."""
    errands = Errands(every=every)
    try:
        errands.go_on()
    except KeyboardInterrupt:
        errands.stop()
        errands._leave()
