"""Every moment: what it says happened, what it carries, who listens."""

from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from alongside.parts import registry
from alongside.parts.moments import Moment

from .page import code, first_sentence, page, table

ABOUT = """A part tells the others what happened, after it is safely written, by a moment. Nobody
answers: a part that is switched off hears nothing, and nothing waits for it."""


def moments() -> list[type[Moment]]:
    """Return every moment that can be told, in the order of their names."""
    for app in apps.get_app_configs():
        dotted = f"{app.name}.moments"
        if app.name.startswith("alongside.") and find_spec(dotted):
            import_module(dotted)
    return sorted(_ends(Moment), key=lambda kind: kind.__name__)


def _ends(kind: type[Moment]) -> Iterator[type[Moment]]:
    below = kind.__subclasses__()
    # With slots, a dataclass leaves the class it was made from behind: only the last one counts.
    named = {one.__name__: one for one in below}
    for one in named.values():
        yield from _ends(one)
    if not below and kind is not Moment:
        yield kind


def write() -> str:
    """Return the page."""
    rows = [
        (
            code(kind.__name__),
            first_sentence(kind.__doc__),
            ", ".join(code(field.name) for field in fields(kind)),
            ", ".join(part.name for part in registry.every() if kind.__name__ in part.listens),
        )
        for kind in moments()
    ]
    return page(
        "Moments", ABOUT, table(["moment", "what happened", "carries", "who listens"], rows)
    )
