"""Who opens what: sessions of real people and the addresses of what is theirs, printed as JSON.

`doors.py HOW_MANY`: so many clients, drawn by chance from those who work on goals, from the clinics
with a full history; and in each such clinic its desk, a therapist and the manager.
"""

import json
import os
import sys
from collections.abc import Iterator
from importlib import import_module
from random import Random
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")
import_module("django").setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from alongside.access import own, presence
from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.clinics.models import Clinic
from alongside.goals.models import Goal, GoalQuerySet
from alongside.people.models import Client, Staff
from alongside.visits.models import Visit

# The first clinics are those that `seed.py` made in full; more of them make nothing plainer.
MOST_CLINICS = 5
# Of those who work on something now, for the browser.
WORKING = 20


def staff_cookie(staff: Staff) -> str:
    """Sign somebody in who works here, with the second thing shown."""
    return _cookie(
        {
            presence.STRONG: presence.CODE,
            presence.FRESH: clock.now().timestamp(),
            SESSION_KEY: str(staff.user.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: staff.user.get_session_auth_hash(),
        }
    )


def own_cookie(client: Client) -> str:
    """Let a client in to their own page, as a letter's link does."""
    return _cookie({own.KEY: {"email": client.email.lower(), "chosen": str(client.pk)}})


def _cookie(values: dict[str, Any]) -> str:
    session = SessionStore()
    session.update(values)
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def clients_of(chance: Random, many: int, goals: GoalQuerySet) -> Iterator[dict[str, str]]:
    """Give clients by chance from those who have such goals, each with a goal and a visit."""
    working = sorted(set(goals.values_list("client", flat=True)))
    for key in chance.sample(working, min(many, len(working))):
        client = Client.objects.get(pk=key)
        goals = list(Goal.objects.filter(client=client).order_by("id"))
        visit = Visit.objects.filter(client=client, state="done").order_by("booked_at").last()
        active = [one for one in goals if one.is_active]
        yield {
            "client": str(key),
            "name": client.last_name.split("-")[0],
            "whole": client.full_name,
            "cookie": own_cookie(client),
            "goal": str(chance.choice(goals).pk),
            "active": str(active[0].pk) if active else "",
            "visit": str(visit.pk) if visit else "",
        }


def doors(many: int) -> dict[str, Any]:
    """Open every door."""
    chance, made = Random(1), []
    full = list(Clinic.objects.filter(name__regex=r"^Clinic \d+$").order_by("id")[:MOST_CLINICS])
    for clinic in full:
        with working_in(clinic):
            therapists = Staff.objects.filter(role="therapist").select_related("user")
            made.append(
                {
                    "desk": staff_cookie(Staff.objects.get(role="desk")),
                    "manager": staff_cookie(Staff.objects.get(role="manager")),
                    "therapist": staff_cookie(therapists.order_by("id")[0]),
                    "clients": list(clients_of(chance, many // len(full), Goal.objects.all())),
                    "working": list(clients_of(chance, WORKING, Goal.objects.active())),
                }
            )
    return {"csrf": settings.CSRF_COOKIE_NAME, "clinics": made}


if __name__ == "__main__":
    print(json.dumps(doors(int(sys.argv[1]))))
