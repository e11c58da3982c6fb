"""Small things that would become large: refused at every address that takes a body, at once."""

import itertools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.urls import URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter
from scripts.figures import Figure, tell

from alongside.access.policy import row_for
from tests.faults.bombs import Bomb, all_bombs, throw
from tests.faults.serving import ROOT, Served, a_free_port
from tests.faults.test_slow_peers import settled

FULL = bool(os.environ.get("ALONGSIDE_TEST_FULL"))
MIB = 1024**2
MOST = 64 * MIB
# Of a processor: the machine may be busy, and then a second on the wall says nothing.
WITHIN = 1.0
COOKIE = f"{settings.CSRF_COOKIE_NAME}={'x' * 32}"

pytestmark = [
    pytest.mark.usefixtures("sqlite_only"),
    pytest.mark.skipif(
        not Path("/proc/self/clear_refs").exists(), reason="a system that tells a process's memory"
    ),
]


@pytest.fixture(scope="module")
def aside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server puts what it does not hold in memory."""
    return tmp_path_factory.mktemp("aside")


@pytest.fixture(scope="module")
def env(env: dict[str, str], aside: Path) -> dict[str, str]:
    return {**env, "TMPDIR": str(aside)}


@pytest.fixture(scope="module")
def bombs() -> dict[str, Bomb]:
    return all_bombs()


def targets(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """Walk the addresses that take something from somebody, with keys that nobody has."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from targets(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif (row := row_for(f"{space}{entry.name}")) and row.send:
            keys = {name: nobodys(kind) for name, kind in entry.pattern.converters.items()}
            yield reverse(f"{space}{entry.name}", kwargs=keys)


def nobodys(kind: object) -> object:
    """Give a key of this kind that nothing has."""
    if isinstance(kind, UUIDConverter):
        return UUID(int=7, version=4)
    return 7 if isinstance(kind, IntConverter) else "nobody-has-this-one"


def grown(served: Served, port: int, path: str, bomb: Bomb) -> tuple[int, float, float, int]:
    """Throw one; gives its status, the seconds of a processor and of a clock, and the memory."""
    before, worked = served.memory(), served.cpu()
    Path(f"/proc/{served.process.pid}/clear_refs").write_text("5")
    status, took = throw(port, path, bomb, COOKIE)
    return status, served.cpu() - worked, took, served.memory("VmHWM") - before


@pytest.fixture
def open_house(env: dict[str, str], the_server: Served) -> Iterator[Served]:
    """The same product, which takes whatever is sent."""
    house = Served(the_server.folder, env, port=a_free_port())
    house.process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.undefended", str(house.port), "bodies"],
        env={**os.environ, **env, "ALONGSIDE_ERRANDS": "false"},
        cwd=ROOT,
    )
    settled(house.port)
    yield house
    house.end()


def test_what_would_become_large_is_refused_everywhere_at_once(
    served: Served, aside: Path, bombs: dict[str, Bomb], open_house: Served
):
    settled(served.port)
    paths = list(targets())
    throw(served.port, "/sign-in/", bombs["JSON 100,000 deep"], COOKIE)
    # All at each, or each at one and each address two or three.
    kinds = itertools.cycle(bombs.items())
    tries = (
        [(path, *one) for path in paths for one in bombs.items()]
        if FULL
        else [(path, *next(kinds)) for path in [*paths, *paths[:13]]]
    )
    came = [(name, path, *grown(served, served.port, path, bomb)) for path, name, bomb in tries]
    wrong = [one for one in came if not 400 <= one[2] < 500]
    slowest, longest, largest = (max(one[place] for one in came) for place in (3, 4, 5))
    left = len(list(aside.iterdir()))
    keys = grown(open_house, open_house.port, "/sign-in/", bombs["a million keys"])
    tell(
        Figure(
            name="bombs",
            chapter="Load and slow peers",
            fault="bodies and heads that are bombs",
            tried=f"{len(came)} requests of {len(bombs)} sorts (1 GB, packed, a million keys or "
            f"parts, deep JSON, huge heads) at {len(paths)} addresses",
            figure=f"{len(came) - len(wrong)} refused, each for at most {slowest:.2f} s of CPU "
            f"({longest:.2f} s) and {largest / MIB:.0f} MiB; {left} files left",
            asked=f"all, {WITHIN:.0f} s, {MOST // MIB} MiB, 0 files",
            met=not wrong and slowest <= WITHIN and largest <= MOST and not left,
            control=f"without limits, a million keys: {keys[3] / MIB:.0f} MiB and "
            f"{keys[1]:.1f} s of CPU",
            command="make faults ARGS='-k bombs'",
        )
    )
    assert not wrong
    assert max(came, key=lambda one: one[3])[3] <= WITHIN, max(came, key=lambda one: one[3])
    assert max(came, key=lambda one: one[5])[5] <= MOST, max(came, key=lambda one: one[5])
    assert left == 0
    assert keys[3] > MOST


@pytest.mark.parametrize(("command", "path"), [("web", "/sign-in/"), ("live", "/live/clinic/")])
def test_the_other_launchers_refuse_the_same(
    serve: Callable[..., Served],
    the_server: Served,
    aside: Path,
    bombs: dict[str, Bomb],
    command: str,
    path: str,
):
    if not FULL:
        pytest.skip("make faults")
    other = serve(command)
    other.start()
    settled(other.port)
    came = {name: throw(other.port, path, bomb, COOKIE)[0] for name, bomb in bombs.items()}
    assert {name: status for name, status in came.items() if not 400 <= status < 500} == {}
    assert not list(aside.iterdir())
