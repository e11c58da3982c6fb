"""What is wished for, offered and hoped for just now."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from alongside.clinics.prepared import prepared
from alongside.visits.models import Visit
from alongside.welcome.models import Hopes, Offer, Wish, WishKind


def open_wishes(visit: UUID) -> list[Wish]:
    """Give what this visit still wishes for: help first, then the oldest."""
    return sorted(_open_wishes_of(visit), key=lambda wish: not wish.is_help)


def open_wishes_on(day: date) -> list[Wish]:
    """Give what is still wished for at the visits of a day: help first, then the oldest."""
    return sorted(_open_wishes_on(day), key=lambda wish: not wish.is_help)


@prepared
def _open_wishes_of(visit: UUID) -> QuerySet[Wish]:
    rows = Wish.objects.still_open().filter(visit=visit)
    found: QuerySet[Wish] = rows.select_related("taken_by").order_by("asked_at", "id")
    return found


@prepared
def _open_wishes_on(day: date) -> QuerySet[Wish]:
    rows = Wish.objects.still_open().filter(visit__in=Visit.objects.on_day(day))
    found: QuerySet[Wish] = rows.select_related("taken_by").order_by("asked_at", "id")
    return found


def wishes_of(visit: Visit) -> list[Wish]:
    """Give everything that was wished for at one visit, in order."""
    rows = Wish.objects.filter(visit=visit, withdrawn_at=None).select_related("taken_by")
    return list(rows.order_by("asked_at", "id"))


def offers_of(visit: Visit) -> list[Offer]:
    """Give what was offered at one visit, in order."""
    return list(Offer.objects.filter(visit=visit).order_by("at", "id"))


@prepared
def offers_on(day: date) -> QuerySet[Offer]:
    """Give what was offered at the visits of a day, in order."""
    return Offer.objects.filter(visit__in=Visit.objects.on_day(day)).order_by("at", "id")


def hopes_of(visit: Visit) -> Hopes | None:
    """Give what was said before this visit."""
    found: Hopes | None = Hopes.objects.filter(visit=visit).first()
    return found


def with_hopes(visits: Collection[UUID]) -> set[UUID]:
    """Tell before which of these visits something was said."""
    return {row.visit_id for row in Hopes.objects.filter(visit__in=visits) if row.is_said}


def latest_hopes(client: UUID) -> Hopes | None:
    """Give what a client said last, with the visit it was about."""
    rows = Hopes.objects.filter(visit__client=client).select_related("visit")
    found: Hopes | None = rows.order_by("-visit__booked_at").first()
    return found


def not_asked(wishes: Iterable[Wish]) -> list[str]:
    """Give the kinds that are not wished for yet, as the buttons stand."""
    asked = {wish.kind for wish in wishes}
    return [kind for kind in WishKind.values if kind not in asked]
