"""What many readers ask for at the same moment is made once, and given to all of them."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class _Place(Generic[T]):
    lock: Lock = field(default_factory=Lock)
    state: Hashable = None
    made: list[T] = field(default_factory=list)


class Shared(Generic[T]):
    """The newest of each thing, with the state of the world it was made for.

    Of many who ask at once for a state that nobody has asked for yet, one makes it and the others
    wait for that. At most `most` things are kept, the least asked-for go first.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._places: OrderedDict[Hashable, _Place[T]] = OrderedDict()
        self._lock = Lock()

    def get(self, thing: Hashable, state: Hashable, make: Callable[[], T]) -> T:
        """Give the thing as made for this state; `make` must read the world after the state."""
        with self._lock:
            place = self._places.setdefault(thing, _Place())
            self._places.move_to_end(thing)
            while len(self._places) > self._most:
                self._places.popitem(last=False)
        with place.lock:
            if place.state != state or not place.made:
                place.made = [make()]
                place.state = state
            return place.made[0]

    def forget(self) -> None:
        """Begin anew: after the database was put back to an earlier day, states come again."""
        with self._lock:
            self._places.clear()
