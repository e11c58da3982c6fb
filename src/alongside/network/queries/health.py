"""How the clinics of a network are, in numbers: nobody's name, and nothing of any client."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from alongside.access.models import Device
from alongside.clinics.current import across_clinics
from alongside.clinics.models import Clinic, Network
from alongside.messaging.models import Message
from alongside.people.models import Staff
from alongside.visits.models import Visit

WHY = "the office of a network counts over its clinics"
A_WEEK = timedelta(days=7)
TEN_MINUTES = timedelta(minutes=10)
# A share of fewer visits than this would tell of single people.
FEWEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """One clinic in numbers, over the last seven days."""

    clinic: Clinic
    staff: int
    devices: int
    visits: int
    waited: int
    in_time: int
    not_sent: int

    @property
    def share(self) -> int | None:
        """Of a hundred who waited, how many ten minutes or less; None for too few."""
        return round(100 * self.in_time / self.waited) if self.waited >= FEWEST else None


def clinics_of(network: Network) -> list[Clinic]:
    """Give the clinics of a network, without its office."""
    return list(Clinic.objects.filter(network=network, is_office=False).order_by("name", "pk"))


def clinic_of(network: Network, key: UUID) -> Clinic | None:
    """Find one clinic of a network; another network's is not there."""
    return Clinic.objects.filter(network=network, is_office=False, pk=key).first()


def health_of(clinics: list[Clinic], now: datetime) -> list[Health]:
    """Count for all of them at once: four questions, however many clinics."""
    keys, since = [one.pk for one in clinics], now - A_WEEK
    with across_clinics(WHY):
        staff = _counts(Staff.objects.filter(clinic__in=keys, is_active=True))
        devices = _counts(Device.objects.filter(clinic__in=keys, ended_at=None))
        not_sent = _counts(Message.objects.filter(clinic__in=keys, failed_at__gte=since))
        seen = Visit.objects.filter(clinic__in=keys, started_at__gte=since, started_at__lte=now)
        waits = {
            row["clinic_id"]: row
            for row in seen.order_by()
            .values("clinic_id")
            .annotate(
                visits=Count("pk"),
                waited=Count("pk", filter=Q(arrived_at__isnull=False)),
                in_time=Count("pk", filter=Q(started_at__lte=F("arrived_at") + TEN_MINUTES)),
            )
        }
    nothing = {"visits": 0, "waited": 0, "in_time": 0}
    return [
        Health(
            clinic=one,
            staff=staff.get(one.pk, 0),
            devices=devices.get(one.pk, 0),
            not_sent=not_sent.get(one.pk, 0),
            **{name: waits.get(one.pk, nothing)[name] for name in nothing},
        )
        for one in clinics
    ]


def _counts(rows: QuerySet[Any]) -> dict[UUID, int]:
    counted = rows.order_by().values("clinic_id").annotate(n=Count("pk"))
    return {row["clinic_id"]: row["n"] for row in counted}
