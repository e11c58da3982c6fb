"""Several processes on one port: one that dies is followed by another, and all stop together."""

import contextlib
import os
import signal
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.serving import Served

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="a system that tells who is whose child"
)


def children(parent: int) -> set[int]:
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return {int(child) for child in listed}


def answers(port: int) -> bool:
    with contextlib.suppress(OSError):
        return bool(urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).read())
    return False


def soon(is_so, *, within: float = 20) -> None:
    last = time.monotonic() + within
    while not is_so():
        assert time.monotonic() < last, "it did not come to pass"
        time.sleep(0.05)


@pytest.fixture
def together(tmp_path) -> Iterator[Served]:
    served = Served(tmp_path, {"DATABASE_URL": ""}, command=("serve", "--processes", "2"))
    served.start()
    soon(lambda: answers(served.port))
    yield served
    served.end()


def test_a_process_that_is_killed_is_followed_by_another(together):
    parent = together.process.pid
    before = children(parent)
    assert len(before) == 2
    # It has lived long enough not to count as one that could not start.
    time.sleep(3.2)
    os.kill(before.pop(), signal.SIGKILL)
    assert answers(together.port), "the other one answers meanwhile"
    soon(lambda: len(children(parent)) == 2)
    soon(lambda: answers(together.port))
    assert together.is_up


def test_a_stop_that_comes_while_a_process_is_born_leaves_nobody_behind(together):
    """The child of a moment must not take the word for its parent, and serve on for ever."""
    parent = together.process.pid
    time.sleep(3.2)
    before = children(parent)
    os.kill(min(before), signal.SIGKILL)
    soon(lambda: children(parent) - before)
    mine = children(parent)
    assert together.end() < 10
    assert together.process.returncode == 0
    soon(lambda: not [one for one in mine if Path(f"/proc/{one}").exists()])


def test_all_stop_together_when_the_parent_is_told(together):
    mine = children(together.process.pid)
    assert together.end() < 10
    assert together.process.returncode == 0
    soon(lambda: not [one for one in mine if Path(f"/proc/{one}").exists()])
