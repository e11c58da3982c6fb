"""What is wrong with a catalogue, in words that say what to do."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import polib

from .sentences import Sentence

PLACEHOLDERS = re.compile(
    r"%\((?P<named>\w+)\)[-+ #0-9.]*[a-zA-Z]"  # %(name)s, %(share).1f
    r"|%(?P<bare>[sd])"
    r"|(?<!\{)\{(?P<brace>\w[\w.]*)(?:![rsa])?(?::[^{}]*)?\}(?!\})"  # {name}, {name:%H}
)
TAGS = re.compile(r"</?[a-zA-Z][^<>]*>")


def faults(catalogue: polib.POFile, sentences: Iterable[Sentence]) -> list[str]:
    """Return one line per missing, empty, fuzzy, obsolete or ill-fitting entry."""
    wanted = {sentence.key: sentence for sentence in sentences}
    return [*_absent(catalogue, wanted), *_unfit(catalogue, wanted)]


def _absent(
    catalogue: polib.POFile, wanted: dict[tuple[str | None, str], Sentence]
) -> Iterator[str]:
    there = {(entry.msgctxt, entry.msgid) for entry in catalogue if not entry.obsolete}
    for key, sentence in wanted.items():
        if key not in there:
            places = ", ".join(sorted(sentence.said_in))
            yield f"missing: {sentence.text!r} ({places})"


def _unfit(
    catalogue: polib.POFile, wanted: dict[tuple[str | None, str], Sentence]
) -> Iterator[str]:
    for entry in catalogue:
        sentence = wanted.get((entry.msgctxt, entry.msgid))
        if entry.obsolete or sentence is None:
            yield f"obsolete: {entry.msgid!r} is said nowhere"
        elif entry.fuzzy:
            yield f"fuzzy: {entry.msgid!r} needs a person's eye"
        elif sentence.plural != (entry.msgid_plural or ""):
            yield f"changed: the plural of {entry.msgid!r}"
        else:
            yield from _misfits(entry)


def _misfits(entry: polib.POEntry) -> Iterator[str]:
    originals = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
    forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not forms or not all(form.strip() for form in forms):
        yield f"empty: {entry.msgid!r}"
        return
    for form in forms:
        # "1 visit" may lose its number in one language and keep it in another: either shape fits.
        if not any(shape(form) == shape(original) for original in originals):
            yield f"does not fit: {entry.msgid!r} has other placeholders or tags in {form!r}"


def shape(text: str) -> tuple[Counter[str], Counter[str], bool, bool]:
    """Return what a translation must keep: placeholders, tags, and a line break at either end."""
    named = Counter(
        match["named"] or match["brace"] or f"%{match['bare']}"
        for match in PLACEHOLDERS.finditer(text)
    )
    return named, Counter(TAGS.findall(text)), text.startswith("\n"), text.endswith("\n")
