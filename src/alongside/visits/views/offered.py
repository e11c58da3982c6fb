"""Which steps the board offers for a visit, with their keys."""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.visits.models import State
from alongside.visits.queries.board import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A step that can be taken with one key or one tap."""

    verb: str
    # Left out of what makes two of them the same: it reads otherwise in each language.
    label: str | Promise = field(compare=False)
    key: str = ""
    kind: str = ""
    icon: str = ""


CHECK_IN = Offer(verb="check_in", label=_("Check in"), key="c", kind="primary", icon="check-in")
CALL = Offer(verb="call", label=_("Call"), key="n", kind="primary", icon="call")
START = Offer(verb="start", label=pgettext_lazy("a visit", "Start"), key="s")
START_NOW = Offer(verb="start", label=pgettext_lazy("a visit", "Start"), key="s", kind="primary")
FINISH = Offer(verb="finish", label=_("Finish"), key="f", kind="primary")
MISSED = Offer(verb="did_not_come", label=_("Did not come"), key="x", kind="quiet")
TELL = Offer(verb="said", label=_("I have told them"), key="t", kind="care")

BY_STATE: dict[str, tuple[Offer, ...]] = {
    State.BOOKED: (CHECK_IN, MISSED),
    State.HERE: (CALL, START),
    State.CALLED: (START_NOW,),
    State.WITH: (FINISH,),
}
LATE_CHOICES = (5, 10, 15, 20, 30, 45)
AWAY_CHOICES = (5, 10, 15, 30, 60)


def offered(row: Row) -> tuple[Offer, ...]:
    """Give the steps that make sense for this visit now, the likeliest first."""
    return BY_STATE.get(row.visit.state, ())
