"""One line for each of the cast: open it, and you sit in their seat."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from alongside.access.actions.devices import add_device
from alongside.access.actions.links import give_link
from alongside.access.models import Purpose
from alongside.clinics.current import across_clinics, working_in
from alongside.clinics.models import Clinic
from alongside.demo.actions.build import DAY
from alongside.demo.cast import HOST
from alongside.office.actions.staff_links import seat_link
from alongside.people.actors import of_staff
from alongside.people.models import Client, Role, Staff
from alongside.visits.models import Visit

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    Seat = tuple[StrOrPromise, str]

STAFF = ("Dee", "Joon", "Noor", "Charlie")
OWN_PAGES = {"Amara": gettext_lazy("her own page"), "Luc": gettext_lazy("his own page")}
# Long, for the demo's clock may run sixty times as fast.
OWN_LASTS = timedelta(hours=12)
CLIENTS = ("Amara", "Luc", "Aino", "Chloé")


# What this process gave out: the secrets themselves are nowhere else.
_taken: list[Seat] = []


def seats(now: datetime, *, lasts: timedelta) -> list[Seat]:
    """Make an address for each seat; give (who, path), who in the language of whoever reads it."""
    _taken[:] = [
        *[_staff(name, now, lasts) for name in STAFF],
        *[_client(name, now, lasts) for name in CLIENTS],
        *[_own_page(name) for name in OWN_PAGES],
        *_doors(now),
    ]
    return taken()


def taken() -> list[Seat]:
    """Give the seats made by this process."""
    return list(_taken)


def zone() -> ZoneInfo | None:
    """Give the time zone of the demo's clinic."""
    with across_clinics("the demo's page belongs to no clinic"):
        clinic = Clinic.objects.filter(name="Harbour Street OT").first()
    return clinic.zone if clinic else None


def _staff(name: str, now: datetime, lasts: timedelta) -> Seat:
    with across_clinics("the demo's cast works in both clinics"):
        staff = Staff.objects.select_related("clinic").get(name=name)
    with working_in(staff.clinic_id):
        token = seat_link(staff, now=now, lasts=lasts)
    who = format_lazy("{} ({}, {})", name, Role(staff.role).label, staff.clinic.name)
    return who, reverse("office:enter", args=[token])


def _client(name: str, now: datetime, lasts: timedelta) -> Seat:
    with across_clinics("the demo's cast comes to one clinic"):
        visit = Visit.objects.select_related("client").get(client__first_name=name, day=DAY)
    with working_in(visit.clinic_id):
        token = give_link(
            visit.client, purpose="visit", subject=visit.pk, now=now, until=now + lasts
        )
    who = format_lazy("{} ({})", name, gettext_lazy("client, on a phone"))
    return who, reverse("visits:visit", args=[token])


def _own_page(name: str) -> Seat:
    who = format_lazy("{} ({})", name, OWN_PAGES[name])
    return who, reverse("demo:own-page", args=[name.lower()])


def own_page_link(name: str, *, now: datetime) -> str | None:
    """Make a link, to be used once, to the own page of one of the cast; None for anybody else."""
    who = next((one for one in OWN_PAGES if one.lower() == name), None)
    with across_clinics("the demo's cast comes to one clinic"):
        rows = Client.objects.filter(first_name=who, email__endswith=f"@{HOST}")
        client = rows.first() if who else None
    if client is None:
        return None
    with working_in(client.clinic_id):
        token = give_link(
            client,
            purpose=Purpose.SIGN_IN,
            subject=client.pk,
            email=client.email,
            now=now,
            until=now + OWN_LASTS,
        )
    return reverse("mine:enter", args=[token])


def _doors(now: datetime) -> list[Seat]:
    with across_clinics("the demo's devices stand in Harbour Street"):
        noor = Staff.objects.select_related("clinic").get(name="Noor")
    clinic = noor.clinic
    with working_in(clinic):
        by = of_staff(noor)
        _, kiosk = add_device(name="Kiosk at the door", kind="kiosk", by=by, now=now)
        _, screen = add_device(name="Screen in the waiting room", kind="screen", by=by, now=now)
    named = (
        (gettext_lazy("Kiosk at the door"), reverse("office:device-enter", args=[kiosk])),
        (gettext_lazy("Screen in the waiting room"), reverse("office:device-enter", args=[screen])),
        (gettext_lazy("The code at the door"), reverse("visits:door", args=[clinic.door_code])),
    )
    return [(format_lazy("{}", name), path) for name, path in named]
