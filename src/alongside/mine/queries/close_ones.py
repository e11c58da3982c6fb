"""Who may see a client's page, who will, and who could."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from alongside.clinics.models import Clinic
from alongside.parts import registry
from alongside.people.actors import gives
from alongside.people.models import Client, CloseOne


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Somebody close, and in words what they may see."""

    one: CloseOne
    sees: list[str]
    is_over: bool


def shared_by(client: Client, *, today: date, off: Collection[str]) -> list[Shared]:
    """Give everybody this client let see something: those who may, then those who no longer do."""
    said = registry.rights(off)
    found = [
        Shared(
            one=one,
            sees=[str(words) for name, words in said.items() if gives(one.rights, name)],
            is_over=is_over(one, today),
        )
        for one in CloseOne.objects.filter(client=client).order_by("name", "-added_at")
    ]
    return sorted(found, key=lambda one: one.is_over)


def is_over(one: CloseOne, today: date) -> bool:
    """Tell whether it was ended, or has come to its end by itself."""
    return one.ended_at is not None or (one.until_on is not None and one.until_on <= today)


def close_one_of(key: UUID, client: UUID | None, *, today: date) -> CloseOne | None:
    """Find somebody whom this client lets see something now, or from a later day on."""
    one: CloseOne | None = (
        CloseOne.objects.select_related("client")
        .filter(pk=key, client=client, ended_at=None)
        .first()
    )
    return one if one is not None and not is_over(one, today) else None


def today_at(clinic: Clinic, now: datetime) -> date:
    """Give the day that it is at the clinic."""
    return now.astimezone(clinic.zone).date()
