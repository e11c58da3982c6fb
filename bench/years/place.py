"""A clinic with its people who work there, its kinds of visit and what it offers."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db.models import Model
from keys import Keys

from alongside.clinics.current import working_in
from alongside.clinics.models import Clinic, Network, OpeningHours, Room, VisitKind
from alongside.demo.lacks import HELPS
from alongside.measures.models import Responder
from alongside.needs.models import Service
from alongside.people.models import Staff, User

OPENS, CLOSES = time(8), time(18)
SLOT, SLOTS = timedelta(minutes=50), 10
# So many visits of a client and day a therapist's book has room for.
PER_THERAPIST = 7.0


@dataclass(frozen=True, kw_only=True)
class Place:
    """A clinic, and who and what its histories speak of."""

    clinic: Clinic
    number: int
    desk: Staff
    manager: Staff
    therapists: list[Staff]
    first_visit: VisitKind
    visit: VisitKind
    services: list[Service]
    began: datetime
    now: datetime
    keys: Keys

    @property
    def today(self) -> int:
        """Which day of these years it is."""
        return (self.now.date() - self.began.date()).days

    def at(self, day: int, slot: float = 0.0) -> datetime:
        """Give the beginning of a slot on a day."""
        return self.began + timedelta(days=day) + slot * SLOT


def noon_zone(now: datetime) -> str:
    """Name a zone in which it is about noon, so that whoever measures finds a living day."""
    behind = now.astimezone(UTC).hour - 12
    # POSIX signs: Etc/GMT+3 is three hours behind UTC.
    return f"Etc/GMT{behind:+d}" if behind else "UTC"


def make(
    network: Network, number: int, *, therapists: int, days: int, now: datetime, thin: bool
) -> Place:
    """Make clinic number so-and-so of a network, open every day, `days` days ago."""
    keys = Keys(f"clinic {number}")
    clinic = Clinic.objects.create(
        id=keys.at(now),
        network=network,
        name=f"Clinic {number}{' (thin)' if thin else ''}",
        sender_name=f"Clinic {number}",
        zone_name=noon_zone(now),
        languages=["en", "fr"],
        way_in="The blue door beside the bakery.",
        bring="Your glasses, if you wear any.",
    )
    here = now.astimezone(clinic.zone)
    began = datetime.combine(here.date() - timedelta(days=days), OPENS, clinic.zone)

    def own(model: type[Model], **values: object) -> Any:
        return model.objects.create(id=keys.at(began), **values)

    def somebody(name: str, role: str) -> Staff:
        email = f"{name.lower().replace(' ', '-')}@{clinic.pk.hex}.invalid"
        user = own(User, email=email, name=name, password=make_password(None))
        return own(Staff, user=user, role=role, name=name, short_name=name)

    with working_in(clinic):
        for weekday in range(7):
            own(OpeningHours, weekday=weekday, opens=OPENS, closes=CLOSES)
        for room in range(therapists):
            own(Room, name=f"Room {room + 1}")
        team = [somebody(f"Therapist {n + 1}", "therapist") for n in range(therapists)]
        own(Responder, staff=team[0], added_at=began, added_by="Noor")
        length = timedelta(minutes=45)
        return Place(
            clinic=clinic,
            number=number,
            desk=somebody("Dee", "desk"),
            manager=somebody("Noor", "manager"),
            therapists=team,
            first_visit=own(VisitKind, name="First visit", planned=length, is_first=True),
            visit=own(VisitKind, name="Visit", name_fr="Séance", planned=length),
            services=[
                own(
                    Service,
                    name=one.name,
                    words=one.words,
                    kind=one.kind,
                    covers=list(one.covers),
                    wait_days=one.wait_days,
                )
                for one in HELPS
            ],
            began=began,
            now=here,
            keys=keys,
        )
