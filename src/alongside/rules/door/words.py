"""Read a name and a time as people write them at a door: quickly, with one hand, in a hurry."""

import re
import unicodedata
from datetime import time

# Letters that carry no accent to drop, and are still written in more than one way.
SAME = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d"})
TITLES = frozenset({"m", "mr", "mrs", "ms", "mme", "mlle", "madame", "monsieur", "dr"})
CLOCK = re.compile(
    r"(?P<hour>\d{1,2}?)\s*(?:[:.,h\s]\s*)?(?P<minute>\d{2})?\s*h?\s*(?P<half>[ap])?\.?\s*m?\.?",
    re.IGNORECASE,
)


def fold(name: str) -> str:
    """Write a name without accents, capitals, hyphens, titles or spare room."""
    bare = unicodedata.normalize("NFKD", name.casefold().translate(SAME))
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    words = re.findall(r"\w+", letters.replace("'", "").replace("’", ""))
    told = [word for word in words if word not in TITLES]
    return " ".join(told or words)


def times_meant(text: str) -> frozenset[time]:
    """Give the times that "10:30", "10h30", "1030" or "2:30" can mean; none, if it is no time.

    A morning hour without "am" is meant in the afternoon as well: nobody comes at night.
    """
    match = CLOCK.fullmatch(text.strip())
    if match is None:
        return frozenset()
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = (match["half"] or "").lower()
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
        return frozenset()
    if half:
        return frozenset({time(hour % 12 + (12 if half == "p" else 0), minute)})
    later = {time(hour + 12, minute)} if 1 <= hour <= 11 else set()
    return frozenset({time(hour, minute)} | later)
