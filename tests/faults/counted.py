"""Count what a database holds after a fault, and print it as JSON."""

import json
import os
from collections import Counter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")

import django

django.setup()

from django.db import connection

from alongside.audit.models import Entry
from alongside.audit.queries import whole
from alongside.clinics.current import across_clinics, working_in
from alongside.clinics.models import Clinic
from alongside.people.models import Client
from alongside.visits.models import INSIDE, Step, Told, Visit


def is_whole() -> bool:
    """Ask the embedded database whether all its pages fit together."""
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            return True
        cursor.execute("PRAGMA integrity_check")
        return bool(cursor.fetchall() == [("ok",)])


def main() -> None:
    with across_clinics("a test counts"):
        here = {
            str(one) for one in Visit.objects.filter(state__in=INSIDE).values_list("pk", flat=True)
        }
        steps = Counter(
            map(str, Step.objects.filter(verb="check_in").values_list("visit_id", flat=True))
        )
        on_record = Counter(
            Entry.objects.filter(verb="visits.check_in").values_list("about", flat=True)
        )
        told = Counter(
            map(str, Told.objects.filter(reason="first").values_list("visit_id", flat=True))
        )
        clients = {str(pk): name for pk, name in Client.objects.values_list("pk", "first_name")}
        added = Counter(
            clients.get(str(pk), "")
            for pk in Entry.objects.filter(verb="people.add_client").values_list(
                "client_key", flat=True
            )
        )
    named = Counter(name for name in clients.values() if not name.startswith("Client "))
    # A visit, its step, what was told and the record belong together: all of them or none.
    apart = [
        one
        for one in here | set(steps)
        if not (one in here and steps[one] == on_record[one] == told[one])
    ]
    apart += [one for one in on_record if one not in here]
    apart += [name for name in named | added if named[name] != added[name]]
    bad = 0
    for clinic in Clinic.objects.all():
        with working_in(clinic):
            bad += whole().first_bad is not None
    told_of = {
        "check_ins": dict(steps),
        "cards": dict(named),
        "unpaired": len(apart),
        "bad_chains": bad,
        "whole": is_whole(),
    }
    print(json.dumps(told_of))


main()
