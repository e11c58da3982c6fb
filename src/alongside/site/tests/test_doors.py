"""How many may be connected, by how many files the system lets us open."""

import resource

import pytest

from alongside.site import doors
from alongside.site.doors import CONNECTIONS, Doors


@pytest.mark.parametrize(
    ("files", "total"), [(16384, CONNECTIONS), (4096, 3712), (1024, 640), (256, 128)]
)
def test_there_are_as_many_places_as_files_and_some_to_spare(files: int, total: int):
    assert Doors.of(files, behind_proxy=False) == Doors(total=total, each=total // 4)


def test_behind_a_proxy_everybody_has_its_address():
    house = Doors.of(16384, behind_proxy=True)
    assert house.each == house.total


def test_whoever_leaves_makes_room_and_is_forgotten():
    house = Doors(total=2, each=1)
    assert house.enter("a")
    assert not house.enter("a")
    assert house.enter("b")
    assert not house.enter("c")
    house.leave("a")
    assert house.enter("c")
    house.leave("b")
    house.leave("c")
    assert house == Doors(total=2, each=1)


def allowed(monkeypatch: pytest.MonkeyPatch, soft: int, hard: int) -> list[tuple[int, int]]:
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _which: (soft, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda _which, limits: asked.append(limits))
    return asked


def test_we_take_what_the_system_allows(monkeypatch, caplog):
    asked = allowed(monkeypatch, 1024, 524288)
    assert doors.files() == doors.FILES
    assert asked == [(doors.FILES, 524288)]
    assert not caplog.text


def test_a_limit_that_is_too_low_is_said_with_what_it_means(monkeypatch, caplog):
    allowed(monkeypatch, 1024, 4096)
    assert doors.files() == 4096
    assert "4096 files: at most 3712 pages" in caplog.text
    assert "systemd.md" in caplog.text


def test_a_system_that_gives_less_than_it_promises_is_taken_at_its_deeds(monkeypatch):
    allowed(monkeypatch, 1024, 524288)

    def refuse(_which: int, _limits: tuple[int, int]) -> None:
        raise ValueError("not so many")

    monkeypatch.setattr(resource, "setrlimit", refuse)
    assert doors.files() == 1024
