"""Add clients, so many a second, until told to stop; say each one's name once it is kept.

`python -m tests.faults.keeping_on CLINIC RATE`: through the same action as the desk's page, so that
client and record are one transaction.
"""

import os
import sys
import time
from uuid import UUID, uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")

import django

django.setup()

from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.people.actors import of_staff
from alongside.people.models import Staff
from alongside.visits.actions.add_client import add_client

CANARY = "CNRY"


def main() -> None:
    clinic, rate = UUID(sys.argv[1]), float(sys.argv[2])
    with working_in(clinic):
        dee = of_staff(Staff.objects.get())
        due = time.monotonic()
        while True:
            name = f"{CANARY}{uuid4().hex}"
            add_client(first_name=name, by=dee, now=clock.now())
            # Acknowledged from here on.
            print(name, flush=True)
            due = max(due + 1 / rate, time.monotonic() - 0.5)
            time.sleep(max(0.0, due - time.monotonic()))


main()
