"""Making a text fit into a text message, and a number fit to be called."""

import re

# Two joined parts of 153 letters (3GPP TS 23.040, 9.2.3.24.1): what a client can take in at once.
MOST = 306
LINK = re.compile(r"https?://\S+")
# Signs that the alphabet of text messages has no room for (3GPP TS 23.038, 6.2.1): one of them
# anywhere, and a part holds 67 letters instead of 153.
PLAIN = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "’": "'", "‘": "'", "–": "-", "—": "-", "…": "..."}
    | dict.fromkeys("“”«»", '"')
)


def fit(text: str, *, most: int = MOST) -> str:
    """Give a text of at most `most` letters in plain signs; words go, a link stays whole."""
    text = re.sub(r"[ \t]*\n\s*", "\n", plain(text).strip())
    if len(text) <= most:
        return text
    link = LINK.search(text)
    end = f" {link.group()}" if link else ""
    words = LINK.sub("", text)[: most - len(end) - 3]
    return f"{words.rpartition(' ')[0].rstrip(' ,.:;')}...{end}"


def plain(text: str) -> str:
    """Give a text with the quotation marks, dashes and spaces that every telephone has."""
    return text.replace("«\u00a0", '"').replace("\u00a0»", '"').translate(PLAIN)


def callable_number(written: str) -> str | None:
    """Give a number as +33612345678, or None where the country is missing (ITU-T E.164)."""
    bare = re.sub(r"[\s().\-/]", "", written).replace("\u00a0", "")
    bare = re.sub(r"^00", "+", bare)
    # People write +33 (0)6; nobody can call that nought.
    bare = re.sub(r"^(\+(?:33|41|44|32))0", r"\1", bare)
    return bare if re.fullmatch(r"\+[1-9]\d{7,14}", bare) else None
