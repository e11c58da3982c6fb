"""What may leave the house in a letter: nothing that tells a stranger about somebody's care."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

# Shorter pieces ("no", "yes") stand in every letter and tell nothing.
SHORTEST = 3


def says(text: str, private: Mapping[str, Iterable[str]]) -> str | None:
    """Give the kind of the first private text that stands in a letter, or None.

    `private` maps a kind to what was written; each sentence of it is looked for as whole words,
    whatever the case, the accents and the line breaks.
    """
    there = _plain(_unfolded(text))
    for kind, written in private.items():
        for piece in (piece for one in written for piece in _pieces(one)):
            if _stands_in(_plain(piece), there):
                return kind
    return None


def names(text: str, name: str) -> bool:
    """Tell whether a letter carries a name as names are written: May is one, may is not."""
    forms = {form for form in (name.strip(), name.strip().upper()) if form}
    return any(_stands_in(_bare(form), _bare(_unfolded(text))) for form in forms)


def _pieces(written: str) -> list[str]:
    found = [piece.strip() for piece in re.split(r"[.;!?\n]+", written)]
    return [piece for piece in found if len(piece) >= SHORTEST]


def _unfolded(text: str) -> str:
    """Undo what a calendar file does to a text: folded lines (RFC 5545, 3.1), escaped signs."""
    return re.sub(r"\\([,;\\])", r"\1", re.sub(r"\r?\n[ \t]", "", text)).replace("\\n", "\n")


def _bare(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", _bare(text).casefold())


def _stands_in(piece: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", text) is not None
