"""What another process commits is heard within a second; what it takes back never is."""

import asyncio
import os
import time
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from alongside.live import sqlite
from alongside.live.hub import Hub, Watch
from alongside.live.tests.store import Store, listening

pytestmark = pytest.mark.django_db(databases=[])
WITHIN = 1.0
TIMES = 200


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look more often in the short run, so that 200 changes take seconds."""
    if not os.environ.get("ALONGSIDE_TEST_FULL"):
        monkeypatch.setattr(sqlite, "EVERY", 0.02)


@pytest.fixture
def topic() -> str:
    return f"clinic:{uuid4()}"


async def first(watch: Watch) -> int | None:
    return await watch.news(within=5)


def test_every_one_of_200_changes_is_heard_within_a_second(store: Store, topic: str):
    async def run() -> list[float]:
        delays = []
        async with listening(store) as hub:
            with hub.watching(topic) as watch:
                before = await first(watch)
                for number in range(before + 1, before + TIMES + 1):
                    committed = await store.does(f"push {topic}")
                    assert await watch.news(within=WITHIN) == number
                    delays.append(time.time() - committed)
        return delays

    delays = asyncio.run(run())
    assert len(delays) == TIMES
    assert max(delays) < WITHIN


def test_a_transaction_that_is_rolled_back_is_never_heard(store: Store, topic: str):
    async def run() -> None:
        async with listening(store) as hub:
            with hub.watching(topic) as watch:
                assert await first(watch) == 0
                await store.does(f"rollback {topic}")
                assert await watch.news(within=0.5) is None
                await store.does(f"push {topic}")
                assert await watch.news(within=WITHIN) == 1

    asyncio.run(run())


def test_two_servers_hear_the_same(store: Store, topic: str):
    async def run() -> None:
        async with listening(store) as one, listening(store) as two:
            with one.watching(topic) as here, two.watching(topic) as there:
                assert [await first(here), await first(there)] == [0, 0]
                await store.does(f"push {topic}")
                assert await here.news(within=WITHIN) == 1
                assert await there.news(within=WITHIN) == 1

    asyncio.run(run())


def test_many_topics_are_pushed_at_once(store: Store):
    topics = [f"visit:{uuid4()}" for _ in range(250)]

    async def run() -> None:
        async with listening(store) as hub:
            with hub.watching(topics[0]) as one, hub.watching(topics[-1]) as other:
                assert [await first(one), await first(other)] == [0, 0]
                await store.does("push " + " ".join(topics))
                assert await one.news(within=WITHIN) == 1
                assert await other.news(within=WITHIN) == 1

    asyncio.run(run())


def test_a_change_between_the_page_and_its_stream_is_told_on_connecting(store: Store, topic: str):
    """The page was made at number 0; then something changed; then its stream opened."""

    async def run() -> int | None:
        async with listening(store) as hub:
            await store.does(f"push {topic}")
            with hub.watching(topic) as watch:
                return await first(watch)

    assert asyncio.run(run()) == 1


def test_control_a_hub_that_tells_only_what_comes_later_misses_that_change(
    store: Store, topic: str
):
    async def run() -> int | None:
        async with listening(store) as hub:
            with hub.watching("clinic:somebody-else") as other:
                await first(other)
                await store.does(f"push {topic}")
                await asyncio.sleep(0.3)
                # In the hub, but without the question that `watching` asks for a newcomer.
                watch = Watch(topic)
                hub._watches[topic] = {watch}
                return await watch.news(within=0.7)

    assert asyncio.run(run()) is None


def test_a_push_counts_even_when_two_make_the_topic_at_once(store: Store):
    """Two first pushes of a topic are two changes: neither may be lost."""
    if len(store.writers) < 2:
        store.start()
    topics = [f"visit:{uuid4()}" for _ in range(20)]

    async def run() -> list[int | None]:
        for topic in topics:
            await asyncio.gather(
                store.does(f"push {topic}", by=0), store.does(f"push {topic}", by=1)
            )
        heard = []
        async with listening(store) as hub:
            for topic in topics:
                with hub.watching(topic) as watch:
                    heard.append(await first(watch))
        return heard

    assert asyncio.run(run()) == [2] * len(topics)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a server that can be lost")
def test_what_changed_while_the_listener_was_cut_off_is_told(store: Store, topic: str):
    async def run() -> tuple[int | None, float]:
        async with listening(store) as hub:
            with hub.watching(topic) as watch:
                assert await first(watch) == 0
                with psycopg.connect(store.env["DATABASE_URL"], autocommit=True) as other:
                    cut = other.execute(
                        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                        "WHERE datname = current_database() AND query ILIKE 'LISTEN%' "
                        "OR query LIKE '%unnest%' AND pid <> pg_backend_pid()"
                    ).fetchone()
                assert cut[0] == 1
                committed = await store.does(f"push {topic}")
                return await watch.news(within=5), time.time() - committed

    number, took = asyncio.run(run())
    assert number == 1
    assert took < 3


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a file that can be gone")
def test_a_file_that_is_not_there_yet_is_waited_for(tmp_path):
    async def run() -> None:
        hub = Hub()
        task = asyncio.create_task(sqlite.listen(hub, tmp_path / "none.sqlite3"))
        with hub.watching("clinic:a") as watch:
            assert await watch.news(within=0.5) is None
        assert not task.done()
        assert not (tmp_path / "none.sqlite3").exists()
        task.cancel()

    asyncio.run(run())
