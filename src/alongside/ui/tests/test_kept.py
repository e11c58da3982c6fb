"""Pieces drawn once: from values alone, in each language, with nobody's token in them."""

import threading
import time
from dataclasses import dataclass

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from alongside.ui import kept as pieces
from alongside.ui.kept import TOKEN, NotAValue, kept, with_token
from alongside.ui.shared import Shared

PIECE = "ui/parts/empty.html"


@dataclass(frozen=True)
class Said:
    """Values, and a place to put something that is none."""

    name: str
    more: object = ()


@dataclass
class Changing:
    """Equal to what it was before it changed."""

    name: str

    def __hash__(self) -> int:
        return 1


@pytest.fixture(autouse=True)
def _nothing_is_kept():
    pieces._drawn.cache_clear()


def drawings() -> int:
    return pieces._drawn.cache_info().misses


def test_the_same_values_are_drawn_once():
    first = kept(PIECE, title="Nobody is here.", text="")
    assert kept(PIECE, text="", title="Nobody is here.") is first
    assert "Nobody is here." in first
    assert drawings() == 1


def test_other_values_and_other_languages_are_drawn_for_themselves():
    kept(PIECE, title="Nobody", text="")
    kept(PIECE, title="Somebody", text="")
    with translation.override("fr"):
        kept(PIECE, title="Nobody", text="")
    assert drawings() == 3


def test_what_somebody_wrote_is_escaped():
    assert "<b>" not in kept(PIECE, title="<b>", text="")


@pytest.mark.parametrize(
    "value",
    [Changing("a"), Said("a", Changing("b")), (1, (2, Changing("c")))],
    ids=["a thing that changes", "inside a value", "deep inside"],
)
def test_what_may_change_unseen_is_refused(value):
    with pytest.raises(NotAValue):
        kept(PIECE, title=value, text="")


def test_a_row_of_the_database_is_refused():
    from alongside.clinics.models import Clinic

    with pytest.raises(NotAValue):
        kept(PIECE, title=Said("a", Clinic(name="Harbour")), text="")


def test_each_reader_gets_their_own_token_in_a_piece_that_is_everybodys():
    form = engines["django"].from_string("{% csrf_token %}").render({"csrf_token": TOKEN})
    seen = {with_token(RequestFactory().get("/"), form) for _ in range(2)}
    assert len(seen) == 2
    assert not [one for one in seen if TOKEN in one]
    assert all('name="csrfmiddlewaretoken"' in one for one in seen)


class TestShared:
    def test_it_is_made_once_for_a_state(self):
        shared, made = Shared[int](8), []
        for state in (1, 1, 2, 2, 1):
            shared.get("board", state, lambda: made.append(1) or len(made))
        assert len(made) == 3

    def test_of_many_who_ask_at_once_one_makes_it(self):
        shared, made = Shared[str](8), []

        def make() -> str:
            made.append(1)
            time.sleep(0.05)
            return "the board"

        got = self.asks(8, lambda: shared.get("board", 1, make))
        assert (got, len(made)) == (["the board"] * 8, 1)

    def test_each_alone_makes_their_own(self):
        """The negative control: without sharing, all of them work."""
        made = []
        self.asks(8, lambda: made.append(1))
        assert len(made) == 8

    def test_what_could_not_be_made_is_tried_again(self):
        shared = Shared[int](8)
        with pytest.raises(ZeroDivisionError):
            shared.get("board", 1, lambda: 1 // 0)
        assert shared.get("board", 1, lambda: 7) == 7

    def test_what_is_forgotten_is_made_anew(self):
        shared = Shared[int](8)
        assert shared.get("board", 1, lambda: 1) == 1
        shared.forget()
        assert shared.get("board", 1, lambda: 2) == 2

    def test_it_holds_no_more_than_it_may(self):
        shared, made = Shared[int](2), []
        for thing in ("a", "b", "c", "a"):
            shared.get(thing, 1, lambda: made.append(1) or 0)
        assert len(made) == 4

    @staticmethod
    def asks(many: int, ask):
        got = []
        threads = [threading.Thread(target=lambda: got.append(ask())) for _ in range(many)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return got
