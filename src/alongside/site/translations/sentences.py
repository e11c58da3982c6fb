"""Find every sentence that can be translated, in Python and in templates."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

KEYWORDS: Mapping[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATES = (".html", ".txt", ".svg")


@dataclass(slots=True, kw_only=True)
class Sentence:
    """One sentence, wherever it is said; `context` tells apart two meanings of the same words."""

    text: str
    plural: str = ""
    context: str | None = None
    said_in: set[str] = field(default_factory=set)
    comments: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.text


def in_python(source: str) -> Iterator[Sentence]:
    """Yield the sentences of a Python file."""
    from babel.messages.extract import extract

    found = extract("python", BytesIO(source.encode()), KEYWORDS, ("Translators:",))
    for _line, message, comments, context in found:
        words = (message,) if isinstance(message, str) else tuple(message)
        plural = words[1] if len(words) > 1 else ""
        yield Sentence(text=words[0], plural=plural, context=context, comments=list(comments))


def in_template(source: str) -> Iterator[Sentence]:
    """Yield the sentences of a template, by Django's own reading of it."""
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure()
    # The result is Python only token by token: its indentation is that of the page.
    lines = templatize(source).splitlines()
    yield from in_python("\n".join(line.strip() for line in lines))


def in_folder(src: Path) -> list[Sentence]:
    """Return every sentence under a folder, each once, in the order of their text."""
    found: dict[tuple[str | None, str], Sentence] = {}
    for path in sorted(src.rglob("*")):
        for sentence in _in_file(path, src):
            known = found.setdefault(sentence.key, sentence)
            known.plural = known.plural or sentence.plural
            known.said_in.add(str(path.relative_to(src)))
            known.comments += [line for line in sentence.comments if line not in known.comments]
    return sorted(found.values(), key=lambda one: (one.text, one.context or ""))


def _in_file(path: Path, src: Path) -> Iterable[Sentence]:
    inside = path.relative_to(src).parts
    if "tests" in inside or "migrations" in inside:
        return []
    if path.suffix == ".py":
        return in_python(path.read_text())
    if path.suffix in TEMPLATES and "templates" in inside:
        return in_template(path.read_text())
    return []
