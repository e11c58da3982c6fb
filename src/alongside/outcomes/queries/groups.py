"""Whom outcomes are looked at by: services that were said yes to, and who met whom most often."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta

from django.db.models import Count

from alongside.needs.models import Kind, Proposal, Service
from alongside.outcomes.queries.began import Began, Span, person
from alongside.people.models import Role, Staff
from alongside.rules.outcomes import goes_with
from alongside.visits.models import State, Visit

OURS = (Kind.SERVICE, Kind.GROUP)
NONE = "none"
LOOKS_BACK = timedelta(days=365)
"""A course may have begun before these months: so far back is it seen who met somebody."""


def services() -> dict[str, str]:
    """What this clinic offers itself: its key and its name, in the order of the alphabet."""
    rows = Service.objects.filter(kind__in=OURS).order_by("name", "id")
    return {str(key): name for key, name in rows.values_list("pk", "name")}


def by_service(span: Span) -> Callable[[Began], Iterator[str]]:
    """Which services a course goes with, or none of them."""
    rows = Proposal.objects.filter(accepted_at__lt=span.until_at, service__kind__in=OURS)
    yeses = defaultdict(list)
    for somebody, service, at in rows.order_by().values_list(person(), "service_id", "accepted_at"):
        yeses[somebody].append((str(service), at))

    def groups_of(one: Began) -> Iterator[str]:
        found = {
            service
            for service, at in yeses.get(one.person, ())
            if goes_with(began_at=one.began_at, yes_at=at)
        }
        yield from found or (NONE,)

    return groups_of


def therapists() -> dict[str, str]:
    """Who treats people here, and who did: their key and name, in the order of the alphabet."""
    rows = Staff.objects.filter(role=Role.THERAPIST).order_by("name", "id")
    return {str(key): name for key, name in rows.values_list("pk", "name")}


def by_therapist(span: Span) -> Callable[[Began], Iterator[str]]:
    """Whom each person met most often in these months and the year before."""
    rows = Visit.objects.filter(
        state=State.DONE, day__gte=span.first - LOOKS_BACK, day__lt=span.until
    ).order_by()
    counted: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for somebody, therapist, n in rows.values_list(person(), "therapist").annotate(n=Count("pk")):
        counted[somebody].append((n, str(therapist)))
    most = {somebody: max(some)[1] for somebody, some in counted.items()}

    def groups_of(one: Began) -> Iterator[str]:
        if one.person in most:
            yield most[one.person]

    return groups_of
