"""Signs that a translator need not think of: French ones stand on the line of their word.

docs/reference/french.md has the rule. `extract` sets them, so that no line of a page begins with a
colon, and no French page speaks in English quotation marks.
"""

import re

NO_BREAK = "\u00a0"
ENGLISH_MARKS = str.maketrans({"“": f"«{NO_BREAK}", "”": f"{NO_BREAK}»"})
LOOSE = re.compile(r"(?<=«) | (?=[:;?!»])")


def well_set(text: str, language: str) -> str:
    """Give a translation with the signs of its language."""
    if language != "fr":
        return text
    return LOOSE.sub(NO_BREAK, text.translate(ENGLISH_MARKS))
