"""A server that a test may kill, on a database of its own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings

from alongside.live.tests.store import on_postgres
from tests.faults.serving import Served, Writer, writing


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What the server and its neighbours are told: the engine is that of this run."""
    env = {
        "ALONGSIDE_DATA": str(tmp_path_factory.mktemp("faults") / "data"),
        "ALONGSIDE_SECRET_KEY": "only for the tests",
        "DATABASE_URL": "",
    }
    with ExitStack() as stack:
        if "postgresql" in settings.DATABASES["default"]["ENGINE"]:
            env |= stack.enter_context(on_postgres()).env
        yield env


@pytest.fixture(scope="session")
def engine() -> str:
    """The database of this run, as a figure names it."""
    on_it = "postgresql" in settings.DATABASES["default"]["ENGINE"]
    return "PostgreSQL" if on_it else "SQLite"


@pytest.fixture(scope="session")
def sqlite_only(engine: str) -> None:
    """For what the database has no part in: once is enough."""
    if engine != "SQLite":
        pytest.skip("tried beside SQLite: the database has no part in it")


@pytest.fixture(scope="module")
def serve(env: dict[str, str]) -> Iterator[Callable[..., Served]]:
    """Begin servers on the same database; what is still up at the end is stopped."""
    begun: list[Served] = []

    def _serve(*command: str) -> Served:
        served = Served(Path(env["ALONGSIDE_DATA"]), env, command or ("serve",))
        begun.append(served)
        return served

    yield _serve
    for served in begun:
        served.end()


@pytest.fixture(scope="module")
def the_server(serve: Callable[..., Served]) -> Served:
    """The server of this module's tests."""
    served = serve()
    served.start()
    return served


@pytest.fixture
def served(the_server: Served) -> Served:
    """A server that answers, whatever the test before did to it."""
    if not the_server.is_up:
        the_server.start()
    return the_server


@pytest.fixture(scope="module")
def writer(the_server: Served, env: dict[str, str]) -> Iterator[Writer]:
    """A process that writes beside the server."""
    with writing(env) as writer:
        yield writer


@pytest.fixture
def clinic(writer: Writer) -> dict[str, str]:
    """A new clinic in the served database: what opens its pages, and its topics."""
    return writer.do("make clinic")
