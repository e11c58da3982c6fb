"""Several processes on one port, for a machine with more than one core.

The parent answers nothing: it holds the port, follows its children, begins one anew that ended by
itself, and passes on the word to stop. Live pages, errands and counters know of each other through
the database already, so any process may answer any request.
"""

import logging
import os
import signal
import socket
import time
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

logger = logging.getLogger(__name__)
# A child that ends sooner than this did not start: another would fare no better.
NOT_STARTED = 3.0
BACKLOG = 2048
STOP = (signal.SIGTERM, signal.SIGINT)


def answer_together(host: str, port: int, *, processes: int, answer: Callable[..., int]) -> int:
    """Run `answer(host, port, sockets=[...])` in so many processes until stopped."""
    with _bound(host, port) as held:
        family = Family(processes, lambda: answer(host, port, sockets=[held]))
        return family.live()


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    held = socket.socket(family)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind((host, port))
    held.listen(BACKLOG)
    held.set_inheritable(True)
    return held


class Family:
    """A parent and its children."""

    def __init__(self, size: int, work: Callable[[], int]) -> None:
        self._size = size
        self._work = work
        self._born: dict[int, float] = {}
        self._stops = False

    def live(self) -> int:
        """Keep the family whole until it is told to stop; 0 if it ended because it was told."""
        for number in STOP:
            signal.signal(number, self._pass_on)
        for _ in range(self._size):
            self._bear()
        failed = False
        while self._born:
            child, how = os.wait()
            lived = time.monotonic() - self._born.pop(child, 0.0)
            if self._stops:
                continue
            if lived < NOT_STARTED:
                failed = True
                self._pass_on(signal.SIGTERM, None)
                continue
            logger.warning("A process ended by itself (%d); another takes its place.", how)
            self._bear()
        return 1 if failed else 0

    def _bear(self) -> None:
        # A word to stop waits while we divide: a child must not take it for its parent.
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP)
        child = os.fork()
        if not child:
            self._be_a_child()
        self._born[child] = time.monotonic()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP)

    def _be_a_child(self) -> NoReturn:
        for number in STOP:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP)
        # Not `sys.exit`: a child must not run on into its parent's code, whatever happens.
        code = 1
        try:
            code = self._work()
        except BaseException:
            logger.exception("A process could not go on.")
        finally:
            os._exit(code)

    def _pass_on(self, number: int, _frame: FrameType | None) -> None:
        self._stops = True
        for child in list(self._born):
            try:
                os.kill(child, signal.SIGTERM if number == signal.SIGTERM else signal.SIGINT)
            except ProcessLookupError:
                continue
