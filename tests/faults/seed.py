"""Write to the served database from a process of its own, as each line of standard input says.

`make clinic` makes one, and answers with what opens its pages, as JSON; `push TOPIC` and
`end device`, `end link`, `end session`, `end staff` (of the last clinic made) answer with the time.
"""

import json
import os
import sys
import time
from datetime import timedelta
from uuid import UUID, uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")

import django

django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from alongside.access.actions.devices import add_device
from alongside.access.actions.links import give_link
from alongside.access.models import Device, Link
from alongside.access.who import DEVICE_COOKIE
from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.clinics.models import Clinic, Network
from alongside.live.actions.push import push
from alongside.live.topics import clinic_topic, visit_topic
from alongside.people.actions.add_user import add_user
from alongside.people.actors import of_staff
from alongside.people.models import Client, Staff


def a_clinic() -> dict[str, str]:
    """Give what a test needs of a new clinic: cookies, a link's address, topics."""
    now = clock.now()
    network = Network.objects.create(name="Two Streets")
    clinic = Clinic.objects.create(network=network, name="Harbour Street OT", languages=["en"])
    user = add_user(f"dee-{uuid4().hex[:6]}@example.org", name="Dee")
    with working_in(clinic):
        dee = Staff.objects.create(user=user, role="desk", name="Dee", short_name="Dee")
        device, screen = add_device(name="Wall", kind="screen", by=of_staff(dee), now=now)
        amara = Client.objects.create(first_name="Amara", last_name="Diallo", language="fr")
        visit = uuid4()
        token = give_link(
            amara, purpose="visit", subject=visit, now=now, until=now + timedelta(hours=1)
        )
    session = SessionStore()
    # As if she had shown her second thing, too.
    session["strong"] = "code"
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return {
        "clinic": str(clinic.pk),
        "clinic_topic": clinic_topic(clinic.pk),
        "visit_topic": visit_topic(visit),
        "visit_path": f"/live/visit/{token}/",
        "screen_cookie": f"{DEVICE_COOKIE}={screen}",
        "device": str(device.pk),
        "staff_cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}",
        "staff": str(dee.pk),
    }


ENDS = {
    "device": lambda has: Device.objects.filter(pk=has["device"]).update(ended_at=clock.now()),
    "link": lambda _: Link.objects.update(ended_at=clock.now()),
    "staff": lambda has: Staff.objects.filter(pk=has["staff"]).update(is_active=False),
    "session": lambda _: Session.objects.all().delete(),
}


def main() -> None:
    """Do line by line what is asked."""
    has: dict[str, str] = {}
    for line in sys.stdin:
        word, what = line.split()
        if word == "make":
            has = a_clinic()
        elif word == "push":
            push(what)
        else:
            with working_in(UUID(has["clinic"])):
                ENDS[what](has)
        print(json.dumps(has if word == "make" else time.time()), flush=True)


main()
