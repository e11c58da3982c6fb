"""What is said before a statement: the clinic, and whether all clinics may be read."""

from functools import lru_cache
from uuid import UUID

from alongside.clinics.current import Place

# The two settings that row security reads (walls.py); both end with the transaction.
CLINIC, ACROSS = "alongside.clinic", "alongside.across"
READING = "reading"
NOWHERE = Place(clinic=None, across=False)
Words = tuple[bytes, int]


@lru_cache(maxsize=4096)
def words(told: Place | None, here: Place) -> Words:
    """Give the statements that lead from one place to another, and how many they are."""
    said = []
    if told is None or told.clinic != here.clinic:
        # Through UUID: nothing else may ever be written into a statement here.
        key = UUID(str(here.clinic)) if here.clinic else ""
        said.append(f"SET LOCAL {CLINIC} = '{key}'; ")
    if told is None or told.across != here.across:
        said.append(f"SET LOCAL {ACROSS} = '{READING if here.across else ''}'; ")
    return "".join(said).encode(), len(said)
