"""One change of a plan, as every page shows it: what, from what to what, why, by whom, agreed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _


class Answer(StrEnum):
    """What the client says to a change."""

    YES = "yes"
    NO = "no"
    WAITS = "waits"
    OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A change in words; `about` says of what, where a page is about more than one thing."""

    at: datetime
    what: str
    by: str
    about: str = ""
    was: str = ""
    now: str = ""
    why: str = ""
    answer: Answer = Answer.OWN
    answered_by: str = ""

    @property
    def agreed(self) -> str:
        """Whether the client agrees, in a sentence; "" where they did it themselves."""
        names = {"name": self.answered_by}
        if self.answer is Answer.WAITS:
            return _("Waits for a yes.")
        if self.answer is Answer.NO:
            return _("%(name)s said no: let us talk about it.") % names
        if self.answer is Answer.OWN:
            return ""
        if self.answered_by == self.by:
            return _("Agreed together, noted by %(name)s.") % names
        return _("%(name)s said yes.") % names


def newest_first(changes: Iterable[Changed]) -> list[Changed]:
    """In order of time, what was last on top; of the same moment, what is given last."""
    return sorted(changes, key=lambda one: one.at)[::-1]


def answer_of(*, agreed: bool, declined: bool, own: bool = False) -> Answer:
    """What the client's answer is, from what a row knows."""
    if own:
        return Answer.OWN
    if declined:
        return Answer.NO
    return Answer.YES if agreed else Answer.WAITS
