"""The ledger of OWASP ASVS 5.0, as its page has it."""

import re
from dataclasses import dataclass

from tests.house.tree import ROOT

PAGE = ROOT / "docs" / "reference" / "asvs.md"
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
TEST = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
LINK = re.compile(r"\]\(([^)]+)\)")
SUMMARY = re.compile(r"^(\d+) by a test, (\d+) by a page, (\d+) not there, (\d+) not met\.$", re.M)
# What the product has none of: nothing of it may be installed or imported.
ABSENT = "tests/house/test_asvs.py::test_the_product_has_none_of_what_is_said_to_be_absent"


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement: its number, its level, what it asks in our words, and how it stands."""

    number: str
    level: int
    asks: str
    stands: str

    @property
    def kind(self) -> str:
        """How it stands: by a test, by a page, not there, or not met."""
        if self.stands.startswith("**not met**"):
            return "not met"
        if self.stands.startswith("not there"):
            return "absent"
        return "test" if TEST.search(self.stands) else "page"


def ledger(text: str) -> list[Line]:
    """Read the rows of the page."""
    return [Line(number, int(level), asks.strip(), how.strip())
            for number, level, asks, how in ROW.findall(text)]  # fmt: skip


# How many requirements of level 1 and 2 each section has (ASVS 5.0.0, without V17, WebRTC).
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3, "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5,
    "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 2,
    "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4,
    "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4,
    "11.5": 1, "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2,
    "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1,
    "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
}  # fmt: skip
