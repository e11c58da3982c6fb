"""A client's profile and what fits it, in a fixed number of questions."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from alongside.needs.models import Extent, Proposal, Service
from alongside.rules.matching import Match, covers, match
from alongside.rules.needs import Area, area
from alongside.rules.profile import Course, Line, courses, lines, needs_of

MOST = 5
"""So many services are offered at once: who reads twenty chooses none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A service of the choice with the row it stands for, and whether it is offered already."""

    service: Service
    alone: float
    adds: float
    covered: tuple[str, ...]
    in_part: tuple[str, ...]
    is_offered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fits:
    """What to offer, how much of what is hard that covers, and what stays uncovered."""

    match: Match
    chosen: tuple[Fit, ...]
    others: tuple[tuple[Service, float], ...]


def lines_of(client: UUID, areas: Collection[Area]) -> tuple[Line, ...]:
    """What is hard for a client in these parts, by everybody who said so, what weighs most first.

    `areas` are those that the reader may see (`who_sees.seen_by`).
    """
    rows = Extent.objects.filter(client=client)
    return lines(row.said() for row in rows if area(row.code) in areas)


def courses_of(client: UUID, areas: Collection[Area]) -> tuple[Course, ...]:
    """The same over time: each need in each voice, as it was said from the first time on."""
    rows = Extent.objects.filter(client=client)
    return courses(row.said() for row in rows if area(row.code) in areas)


def proposals_of(client: UUID, areas: Collection[Area]) -> list[Proposal]:
    """What was offered to a client, the newest first; only offers of which all may be seen."""
    rows = Proposal.objects.filter(client=client).select_related("service")
    return [one for one in rows if one.areas <= frozenset(areas)]


def fits(found: tuple[Line, ...], offered: list[Proposal]) -> Fits:
    """Which services cover what is hard: only needs and services are looked at."""
    rows = {str(one.pk): one for one in Service.objects.filter(is_open=True)}
    result = match(needs_of(found), [one.as_rule() for one in rows.values()], most=MOST)
    waiting = {one.service_id for one in offered if one.is_open}
    chosen = tuple(
        Fit(
            service=rows[one.service.id],
            alone=one.alone,
            adds=one.adds,
            covered=one.covered,
            in_part=one.in_part,
            is_offered=rows[one.service.id].pk in waiting,
        )
        for one in result.offers
    )
    taken = {one.service.pk for one in chosen}
    others = [
        (row, share)
        for row, share in zip(rows.values(), result.alone, strict=True)
        if share > 0 and row.pk not in taken
    ]
    return Fits(match=result, chosen=chosen, others=tuple(sorted(others, key=lambda one: -one[1])))


def covered_by(service: Service, client: UUID, areas: Collection[Area]) -> tuple[str, ...]:
    """What is hard for a client in these parts and covered by a service, what weighs most first."""
    tags = service.as_rule().covers
    return tuple(
        need.code
        for need in needs_of(lines_of(client, areas))
        if any(covers(tag, need.code) for tag in tags)
    )


def services() -> list[Service]:
    """Everything that this clinic offers or offered."""
    return list(Service.objects.all())


def proposal_of(key: UUID, client: UUID, areas: Collection[Area]) -> Proposal | None:
    """One offer to this client, and to nobody else, for whoever may see all of it."""
    found: Proposal | None = Proposal.objects.filter(pk=key, client=client).first()
    return found if found is not None and found.areas <= frozenset(areas) else None
