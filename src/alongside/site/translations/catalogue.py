"""Keep a catalogue (`django.po`) in step with the sentences, and compile it (`django.mo`)."""

import os
from collections.abc import Iterable
from pathlib import Path

import polib

from .sentences import Sentence
from .signs import well_set

# No dates and no names: a catalogue changes only when a sentence does.
HEADER = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "MIME-Version": "1.0",
}
PLURALS = {"fr": "nplurals=2; plural=(n > 1);"}


def empty(language: str) -> polib.POFile:
    """Return a catalogue without entries."""
    made = polib.POFile(wrapwidth=100)
    made.metadata = {
        **HEADER,
        "Language": language,
        "Plural-Forms": PLURALS.get(language, "nplurals=2; plural=(n != 1);"),
    }
    return made


def merge(old: polib.POFile, sentences: Iterable[Sentence], language: str) -> polib.POFile:
    """Return the catalogue of exactly these sentences, with every translation that still fits."""
    known = {(entry.msgctxt, entry.msgid): entry for entry in old if not entry.obsolete}
    new = empty(language)
    for sentence in sentences:
        new.append(_entry(sentence, known.get(sentence.key), language))
    return new


def _entry(sentence: Sentence, old: polib.POEntry | None, language: str) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=sentence.text,
        msgctxt=sentence.context,
        occurrences=[(place, "") for place in sorted(sentence.said_in)],
        comment="\n".join(sentence.comments),
    )
    same_shape = old is not None and bool(old.msgid_plural) == bool(sentence.plural)
    if sentence.plural:
        entry.msgid_plural = sentence.plural
        forms = old.msgstr_plural if old and same_shape else {0: "", 1: ""}
        entry.msgstr_plural = {which: well_set(form, language) for which, form in forms.items()}
    else:
        entry.msgstr = well_set(old.msgstr, language) if old and same_shape else ""
    if old:
        entry.tcomment = old.tcomment
        # A translator's doubt is theirs to lift: it is neither set nor cleared here.
        entry.flags = [flag for flag in old.flags if flag == "fuzzy"]
    return entry


def read(path: Path) -> polib.POFile:
    """Read a catalogue; an absent one is an empty one."""
    if not path.exists():
        return empty(path.parents[1].name)
    return polib.pofile(str(path), wrapwidth=100)


def write(catalogue: polib.POFile, path: Path) -> None:
    """Write a catalogue whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _replace(path, str(catalogue).encode())


def compile_one(path: Path) -> Path:
    """Compile one catalogue beside itself; returns where the compiled one is."""
    compiled = path.with_suffix(".mo")
    _replace(compiled, read(path).to_binary())
    return compiled


def _replace(path: Path, content: bytes) -> None:
    # Somebody may be reading it: a page in another process, or a second set-up.
    half = path.with_suffix(f".{os.getpid()}.half")
    half.write_bytes(content)
    half.replace(path)
