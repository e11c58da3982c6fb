"""Which parts there are, and which of them a clinic has switched on."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from alongside.parts.part import Part

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_parts: dict[str, Part] = {}


class UnknownPart(LookupError):
    """No part has this name."""


def add(part: Part) -> None:
    """Make a part known; its AppConfig calls this when the product starts."""
    _parts[part.name] = part


def every() -> list[Part]:
    """Give all parts, in the order of their names."""
    return [_parts[name] for name in sorted(_parts)]


def get(name: str) -> Part:
    """Give one part by name, or raise UnknownPart."""
    try:
        return _parts[name]
    except KeyError:
        raise UnknownPart(name) from None


def on(off: Collection[str]) -> Iterator[Part]:
    """Give the parts that are on, where `off` names those that a clinic switched off."""
    return (part for part in every() if is_on(part.name, off))


def is_on(name: str, off: Collection[str]) -> bool:
    """Tell whether a part is on; one that cannot be off always is."""
    part = _parts.get(name)
    return part is None or not part.can_be_off or name not in off


def rights(off: Collection[str]) -> "dict[str, StrOrPromise]":
    """Give what a client may let somebody close see, by name and in words."""
    return {name: said for part in on(off) for name, said in part.rights.items()}
