"""Make one clinic with as many open pages as a test asks for, and change what they show.

A process of its own; `make N` answers with `[path, cookie]` of each page: one in ten is a screen of
the clinic, the others are clients' own pages, each with its own link. `push all` changes what every
page shows, in one commit; `push clinic` what the screens show. Both answer with the time.
"""

import json
import os
import sys
import time
from datetime import timedelta
from itertools import cycle, islice
from uuid import UUID, uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")

import django

django.setup()

from alongside.access.actions.devices import add_device
from alongside.access.models import Link, Purpose
from alongside.access.tokens import digest_of, new_token
from alongside.access.who import DEVICE_COOKIE
from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.clinics.models import Clinic, Network
from alongside.live.actions.push import push
from alongside.live.stream import MOST_FOR_ONE
from alongside.live.topics import clinic_topic, visit_topic
from alongside.people.actions.add_user import add_user
from alongside.people.actors import of_staff
from alongside.people.models import Client, Staff


def screens(dee: Staff, count: int) -> list[list[str]]:
    """Give a clinic's screens: as many devices as so many pages need."""
    cookies = []
    for number in range(-(-count // MOST_FOR_ONE)):
        name = f"Wall {number}"
        _device, token = add_device(name=name, kind="screen", by=of_staff(dee), now=clock.now())
        cookies.append(f"{DEVICE_COOKIE}={token}")
    return [["/live/clinic/", cookie] for cookie in islice(cycle(cookies), count)]


def phones(clinic: Clinic, visits: list[UUID]) -> list[list[str]]:
    """Give clients' own pages, each opened by a link of its own."""
    now, tokens = clock.now(), [new_token() for _ in visits]
    amara = Client.objects.create(first_name="Amara", last_name="Diallo", language="fr")
    Link.objects.bulk_create(
        Link(
            clinic=clinic,
            digest=digest_of(token),
            purpose=Purpose.VISIT,
            subject=visit,
            client=amara,
            made_at=now,
            expires_at=now + timedelta(hours=6),
        )
        for token, visit in zip(tokens, visits, strict=True)
    )
    return [[f"/live/visit/{token}/", ""] for token in tokens]


def make(count: int) -> tuple[list[list[str]], dict[str, list[str]]]:
    """Make the clinic; gives the pages, and the topics that each word pushes."""
    network = Network.objects.create(name="Two Streets")
    clinic = Clinic.objects.create(network=network, name="Harbour Street OT", languages=["en"])
    with working_in(clinic):
        user = add_user(f"dee-{uuid4().hex[:6]}@example.org", name="Dee")
        dee = Staff.objects.create(user=user, role="desk", name="Dee", short_name="Dee")
        visits = [uuid4() for _ in range(count - count // 10)]
        pages = screens(dee, count // 10) + phones(clinic, visits)
    board = clinic_topic(clinic.pk)
    return pages, {"clinic": [board], "all": [board, *map(visit_topic, visits)]}


def main() -> None:
    """Do line by line what is asked."""
    topics: dict[str, list[str]] = {}
    for line in sys.stdin:
        word, what = line.split()
        if word == "make":
            pages, topics = make(int(what))
            answer: object = pages
        else:
            push(*topics[what])
            answer = time.time()
        print(json.dumps(answer), flush=True)


main()
