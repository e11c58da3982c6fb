"""Groups beside each other: drawn together, in a funnel, and in which order they may stand."""

from collections.abc import Mapping
from dataclasses import dataclass

from alongside.rules.funnel import Stands, stands
from alongside.rules.outcomes import Figures, Share, within
from alongside.rules.shrinkage import (
    LEAST_GROUPS,
    Family,
    Group,
    as_share,
    differ,
    drawn_together,
    of_share,
)

WIDEST = 0.5
"""Groups hardly lie further apart than half of what people of one group do."""
WIDEST_SHARE = 0.15
"""The same for shares, on their own scale: near the middle about 15 in 100."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Groups beside each other. `order` sorts them only where they differ by more than chance."""

    family: Family
    order: tuple[str, ...]
    differ: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """The groups' shares around the one of all: where each stands, and each drawn together."""

    middle: float
    stands: Mapping[str, Stands]
    drawn: Mapping[str, tuple[float, float, float]]
    differ: bool

    def how_many(self, where: Stands) -> int:
        """How many groups stand there."""
        return sum(one is where for one in self.stands.values())


def beside(known: Mapping[str, Figures], *, may_sort: bool) -> Beside | None:
    """Draw groups' gains together; None below three groups, or where nobody's gain differs.

    `may_sort`: False for the people who work here, who keep the order given whatever the figures.
    """
    apart = within(list(known.values()))
    if len(known) < LEAST_GROUPS or apart <= 0:
        return None
    groups = [
        Group(name=name, value=one.gain, error=apart / one.n**0.5) for name, one in known.items()
    ]
    family = drawn_together(groups, widest=WIDEST * apart)
    if family is None:
        return None
    are_apart = differ(groups, freedom=sum(one.n for one in known.values()) - len(known))
    order = tuple(known)
    if may_sort and are_apart:
        drawn = {one.name: one.value for one in family.groups}
        order = tuple(sorted(known, key=lambda name: -drawn[name]))
    return Beside(family=family, order=order, differ=are_apart)


def shares_beside(known: Mapping[str, Figures], whole: Share) -> Shares | None:
    """Put groups' shares of the better into a funnel around that of all; None below three."""
    shares = {name: one.better for name, one in known.items() if one.better is not None}
    groups = [of_share(name, one.hits, one.n) for name, one in shares.items()]
    family = drawn_together(groups, widest=WIDEST_SHARE)
    if family is None:
        return None
    return Shares(
        middle=whole.share,
        stands={name: stands(one.hits, one.n, whole.share) for name, one in shares.items()},
        drawn={
            one.name: (as_share(one.value), as_share(one.low), as_share(one.high))
            for one in family.groups
        },
        differ=differ(groups),
    )
