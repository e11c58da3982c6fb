"""Say as JSON what a database holds of the clients that `keeping_on` added; `apart` looks twice."""

import json
import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")

import django

django.setup()

from alongside.audit.models import Entry
from alongside.audit.verify import verdicts
from alongside.clinics.current import across_clinics
from alongside.people.models import Client


def main() -> None:
    with across_clinics("a test counts"):
        clients = {
            str(pk): name
            for pk, name in Client.objects.filter(first_name__startswith="CNRY").values_list(
                "pk", "first_name"
            )
        }
        if "apart" in sys.argv:
            time.sleep(0.5)
        added = Entry.objects.filter(verb="people.add_client")
        on_record = {str(key) for key in added.values_list("client_key", flat=True)}
    bad = [verdict.first_bad for verdict in verdicts().values() if verdict.first_bad]
    told = {"names": sorted(clients.values()), "unpaired": len(set(clients) ^ on_record)}
    print(json.dumps({**told, "bad_chains": len(bad)}))


main()
