"""Markdown, as little of it as the reference needs."""

from collections.abc import Iterable, Sequence

NOTE = "<!-- Written by `make docs` from the code: change the code, not this page. -->"


def page(title: str, about: str, *blocks: str) -> str:
    """Return a page: a title, what it is about, and its blocks."""
    return "\n\n".join([f"# {title}", NOTE, about, *(block for block in blocks if block)]) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table; nothing at all where it would have no rows."""
    lines = [_row(row) for row in rows]
    if not lines:
        return ""
    return "\n".join([_row(head), _row("---" for _ in head), *lines])


def code(text: object) -> str:
    """Return a name as it is typed; nothing for nothing."""
    return f"`{text}`" if text != "" else ""


def first_sentence(text: str | None) -> str:
    """Return what a docstring begins with."""
    return " ".join((text or "").strip().split("\n\n")[0].split())


def _row(cells: Iterable[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|").strip() for cell in cells) + " |"
