"""Eight desks change one client at the same time, through the page, in processes of their own.

`python -m tests.faults.edits EDITS [blind]` works on the database that the environment names and
prints what came of it as JSON. Each desk adds its mark to what it read, EDITS times; a desk that
was not the first sees both values, and saves again. `blind`: the control, in which the version that
a desk saw is not asked about. At the end each mark must stand there, or it was overwritten.
"""

import json
import multiprocessing
import os
import queue
import re
import sys
import time
from collections import Counter
from typing import Any

DESKS = 8
# A mark is one letter for each desk: what all of them wrote must fit into one field.
FIELD = "helps"


def make() -> None:
    """One clinic, eight people at its desks, one client with a card."""
    from alongside.clinics.current import working_in
    from alongside.clinics.models import Clinic, Network
    from alongside.people.models import Card, Client, Staff, User

    network = Network.objects.create(name="Two Streets")
    clinic = Clinic.objects.create(network=network, name="Harbour Street OT", languages=["en"])
    with working_in(clinic):
        for number in range(DESKS):
            user = User.objects.create(email=f"{number}@example.org", name=f"Desk {number}")
            Staff.objects.create(user=user, role="desk", name=user.name, short_name=user.name)
        amara = Client.objects.create(first_name="Amara", prefers="none")
        Card.objects.create(client=amara)


def desk(number: int, edits: int, blind: bool, begin: Any, told: Any) -> None:
    """Add a mark so many times; tell what was answered."""
    from django.test import Client as Browser

    from alongside.clinics.current import across_clinics
    from alongside.office.actions import clients
    from alongside.people.models import Card, User

    if blind:
        as_seen = clients.put

        def put(row: Any, values: Any, *, seen: int) -> list[str]:
            return as_seen(row, values, seen=row.version)

        clients.put = put
    web = Browser(raise_request_exception=False)
    web.force_login(User.objects.get(email=f"{number}@example.org"))
    session = web.session
    # As if each had shown their second thing, too.
    session["strong"] = "code"
    session.save()
    came: Counter[str] = Counter()
    with across_clinics("a test reads"):
        card = Card.objects.get()
    page = f"/people/{card.client_id}/card/"
    begin.wait(60)
    mark = chr(ord("a") + number)
    for _ in range(edits):
        with across_clinics("a test reads"):
            version, text = Card.objects.values_list("version", FIELD).get()
        while True:
            mine = f"{text}{mark}"
            answer = web.post(page, {"version": version, FIELD: mine})
            came[str(answer.status_code)] += 1
            if answer.status_code != 409:
                break
            shown = re.search(r'<a href="#id_helps">.*?</tr>', answer.content.decode(), re.DOTALL)
            theirs, own = re.findall(r"<td>(.*?)</td>", shown[0]) if shown else ("", "")
            came["saw both"] += own == mine and theirs not in ("", mine)
            with across_clinics("a test reads"):
                version, text = Card.objects.values_list("version", FIELD).get()
    told.put(dict(came))


def _told_by_one(told: Any, desks: list[Any]) -> dict[str, int]:
    """Wait for what a desk tells; one that broke tells nothing, and nobody waits for it."""
    until = time.monotonic() + 560
    while time.monotonic() < until:
        try:
            return dict(told.get(timeout=2))
        except queue.Empty:
            if broken := [one.exitcode for one in desks if one.exitcode]:
                raise SystemExit(f"A desk broke: {broken}") from None
    raise SystemExit("The desks did not come to an end.")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from alongside.audit.models import Entry
    from alongside.clinics.current import across_clinics, working_in
    from alongside.people.models import Card

    settings.ALLOWED_HOSTS = ["testserver"]
    edits, blind = int(sys.argv[1]), "blind" in sys.argv[2:]
    call_command("migrate", verbosity=0)
    with across_clinics("a test begins anew"):
        if not Card.objects.exists():
            make()
        before = Card.objects.get()
    with working_in(before.clinic_id):
        Card.objects.update(**{FIELD: ""})
    connection.close()
    fork = multiprocessing.get_context("fork")
    begin, told = fork.Barrier(DESKS), fork.Queue()
    desks = [fork.Process(target=desk, args=(n, edits, blind, begin, told)) for n in range(DESKS)]
    for one in desks:
        one.start()
    came: Counter[str] = Counter()
    for _ in desks:
        came.update(_told_by_one(told, desks))
    for one in desks:
        one.join(30)
    with across_clinics("a test counts"):
        card = Card.objects.get()
        on_record = Entry.objects.filter(verb="people.change_card").count()
    marks = Counter(getattr(card, FIELD))
    print(
        json.dumps(
            {
                **came,
                "kept": sum(marks.values()),
                "versions": card.version - before.version,
                "on_record": on_record,
            }
        )
    )


if __name__ == "__main__":
    main()
