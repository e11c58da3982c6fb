"""Make clinics with a full hour ahead of them, and print what opens their pages, as JSON.

Runs in a process of its own, on the database of the settings: `seed.py CLINICS VISITS`.
"""

import json
import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from importlib import import_module

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")
import_module("django").setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from alongside.access.actions.devices import add_device
from alongside.access.models import Link, Purpose
from alongside.access.tokens import digest_of, new_token
from alongside.access.who import DEVICE_COOKIE
from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.clinics.models import Clinic, Network, OpeningHours, VisitKind
from alongside.people.actions.add_user import add_user
from alongside.people.actors import of_staff
from alongside.people.models import Client, Staff, User
from alongside.visits.models import Visit

# Three visits a therapist, all within the hour and a half in which a client may check in.
EACH = 3
LENGTH = timedelta(minutes=25)
APART = timedelta(minutes=30)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the clinics are: a zone in which it is the middle of the day now."""

    zone: str
    now: datetime

    @classmethod
    def somewhere_at_noon(cls) -> "Place":
        now = clock.now()
        behind = now.astimezone(UTC).hour - 11
        # POSIX signs: Etc/GMT+3 is three hours behind UTC.
        return cls(zone=f"Etc/GMT{behind:+d}" if behind else "UTC", now=now)


def a_clinic(number: int, visits: int, network: Network, at: Place) -> dict[str, object]:
    """Make one clinic with its desk, its wall screen and its next visits."""
    clinic = Clinic.objects.create(
        network=network, name=f"Clinic {number}", zone_name=at.zone, languages=["en", "fr"]
    )
    with working_in(clinic):
        for weekday in range(7):
            OpeningHours.objects.create(weekday=weekday, opens=time(8), closes=time(18))
        kind = VisitKind.objects.create(name="Visit", planned=LENGTH)
        desk = somebody(clinic, f"desk-{number}", "desk")
        team = [
            somebody(clinic, f"therapist-{number}-{one}", "therapist")
            for one in range(-(-visits // EACH))
        ]
        _device, screen = add_device(name="Wall", kind="screen", by=of_staff(desk), now=at.now)
        _device, kiosk = add_device(name="Door", kind="kiosk", by=of_staff(desk), now=at.now)
        people = Client.objects.bulk_create(
            Client(clinic=clinic, first_name=f"Client {one}", last_name="", prefers="none")
            for one in range(visits)
        )
        booked = Visit.objects.bulk_create(
            booking(clinic, kind, client, team[one // EACH], one % EACH, at)
            for one, client in enumerate(people)
        )
        tokens = [new_token() for _ in booked]
        Link.objects.bulk_create(
            Link(
                clinic=clinic,
                digest=digest_of(token),
                purpose=Purpose.VISIT,
                subject=visit.pk,
                client_id=visit.client_id,
                made_at=at.now,
                expires_at=at.now + timedelta(hours=6),
            )
            for token, visit in zip(tokens, booked, strict=True)
        )
    return {
        "desk": f"{settings.SESSION_COOKIE_NAME}={signed_in(desk.user)}",
        "screen": f"{DEVICE_COOKIE}={screen}",
        "kiosk": f"{DEVICE_COOKIE}={kiosk}",
        "visits": [
            {
                "id": str(visit.pk),
                "token": token,
                "name": visit.client.first_name,
                "at": f"{visit.booked_at.astimezone(clinic.zone):%H:%M}",
            }
            for token, visit in zip(tokens, booked, strict=True)
        ],
    }


def somebody(clinic: Clinic, name: str, role: str) -> Staff:
    """Make somebody who works here."""
    user = add_user(f"{name}@example.org", name=name)
    return Staff.objects.create(user=user, role=role, name=name, short_name=name)


def booking(
    clinic: Clinic, kind: VisitKind, client: Client, therapist: Staff, turn: int, at: Place
) -> Visit:
    """Make a visit, `turn` visits from now."""
    start = at.now + timedelta(minutes=5) + turn * APART
    return Visit(
        clinic=clinic,
        client=client,
        therapist=therapist,
        kind=kind,
        planned=LENGTH,
        booked_at=start,
        ends_at=start + LENGTH,
        day=start.astimezone(clinic.zone).date(),
        # They were reminded the day before.
        reminded_at=at.now,
    )


def signed_in(user: User) -> str:
    """Sign somebody in, and give their session's key."""
    session = SessionStore()
    # As if she had shown her second thing, too.
    session["strong"] = "code"
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def main() -> None:
    """Make them all in one transaction."""
    clinics, visits = int(sys.argv[1]), int(sys.argv[2])
    at = Place.somewhere_at_noon()
    with transaction.atomic():
        network = Network.objects.create(name="Load")
        made = [a_clinic(number, visits, network, at) for number in range(clinics)]
    print(json.dumps({"csrf": settings.CSRF_COOKIE_NAME, "clinics": made}))


main()
