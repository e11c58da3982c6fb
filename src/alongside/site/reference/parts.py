"""Every part: what it is about, its doors, its panels, what it listens to, its errands."""

from datetime import timedelta

from alongside.parts import registry
from alongside.parts.part import Part

from .page import code, page, table

ABOUT = """A clinic's service is made of parts. A clinic may switch off those that can be off; the
rest is the record itself. [Adding a part](../adding-a-part.md) says how one is made."""


def write() -> str:
    """Return the page."""
    parts = registry.every()
    rows = [
        (code(part.name), part.label, part.about, "yes" if part.can_be_off else "no")
        for part in parts
    ]
    overview = table(["part", "called", "about", "can be off"], rows)
    return page("Parts", ABOUT, overview, *(_part(part) for part in parts))


def _part(part: Part) -> str:
    rows = [
        *(("in the menu", f"{entry.label} ({code(entry.url_name)})") for entry in part.nav),
        *(("fills a slot", code(name)) for name in sorted(part.slots)),
        *(("listens to", code(name)) for name in sorted(part.listens)),
        *(
            (f"every {_length(errand.every)}", code(dotted.removeprefix("alongside.")))
            for dotted, errand in sorted(part.errands.items(), key=lambda pair: pair[0])
        ),
    ]
    return f"## {part.name}\n\n" + (table(["what", "which"], rows) or "Nothing beyond its pages.")


def _length(every: timedelta) -> str:
    seconds = every.total_seconds()
    for size, name in ((3600, "h"), (60, "min")):
        if seconds >= size and seconds % size == 0:
            return f"{seconds / size:g} {name}"
    return f"{seconds:g} s"
