"""A page hears the newest number, once; a slow one costs one slot."""

import asyncio

import pytest

from alongside.live.hub import Hub, Over, Watch

SOON = 0.01


def heard(watch: Watch) -> int | None:
    return asyncio.run(watch.news(within=SOON))


def test_a_page_that_has_just_come_hears_the_number_even_if_it_is_zero():
    hub = Hub()
    with hub.watching("clinic:a") as watch:
        assert hub.take_asked() == {"clinic:a"}
        hub.arrived({"clinic:a": 0})
        assert heard(watch) == 0


def test_a_number_is_told_once():
    hub = Hub()
    with hub.watching("clinic:a") as watch:
        hub.arrived({"clinic:a": 3})
        hub.arrived({"clinic:a": 3})
        assert heard(watch) == 3
        hub.arrived({"clinic:a": 3})
        assert heard(watch) is None


def test_a_slow_page_hears_only_the_newest_number():
    hub = Hub()
    with hub.watching("clinic:a") as watch:
        for number in range(1000):
            hub.arrived({"clinic:a": number})
        assert heard(watch) == 999
        assert heard(watch) is None


def test_a_number_that_went_back_with_a_restored_database_is_told_too():
    hub = Hub()
    with hub.watching("clinic:a") as watch:
        hub.arrived({"clinic:a": 7})
        assert heard(watch) == 7
        hub.arrived({"clinic:a": 2})
        assert heard(watch) == 2


def test_a_page_hears_nothing_of_another_clinic():
    hub = Hub()
    with hub.watching("clinic:a") as ours, hub.watching("clinic:b") as theirs:
        hub.arrived({"clinic:a": 1})
        assert heard(ours) == 1
        assert heard(theirs) is None


def test_what_nobody_watches_is_not_asked_for():
    hub = Hub()
    with hub.watching("clinic:a"):
        hub.take_asked()
        hub.ask(["clinic:a", "clinic:b"])
        assert hub.take_asked() == {"clinic:a"}
        assert hub.take_asked() == frozenset()
    hub.ask(["clinic:a"])
    assert hub.take_asked() == frozenset()


def test_nothing_is_left_of_a_page_that_left():
    hub = Hub()
    with hub.watching("clinic:a"), hub.watching("clinic:a"):
        assert len(hub) == 2
    assert len(hub) == 0
    assert hub.topics() == frozenset()


def test_a_hub_that_closes_ends_every_stream_now_and_later():
    hub = Hub()
    with hub.watching("clinic:a") as early:
        hub.close()
        with pytest.raises(Over):
            heard(early)
    with hub.watching("clinic:a") as late, pytest.raises(Over):
        heard(late)
