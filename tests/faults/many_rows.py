"""Write a very long record straight into the database that the environment names.

`python -m tests.faults.many_rows ROWS`: a clinic whose chain is that long, as if the product had
written it row by row over years; prints the seconds it took.
"""

import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction

from alongside.audit.chain import digest_of, key
from alongside.audit.models import Entry, Head
from alongside.clinics.current import working_in
from alongside.clinics.models import Clinic, Network
from alongside.clinics.scoped import new_key

AT_ONCE = 5000
BEGAN = datetime(2024, 1, 1, 8, tzinfo=UTC)


def entries(clinic: Clinic, many: int) -> Iterator[Entry]:
    before, people, secret = "", [new_key() for _ in range(500)], key()
    for number in range(1, many + 1):
        entry = Entry(
            clinic_id=clinic.pk, number=number, at=BEGAN + timedelta(seconds=37 * number),
            actor_kind="staff", actor_id=people[number % 7], actor_label="Dee",
            verb="visits.see_board", is_read=number % 3 > 0, client_key=people[number % 500],
            detail={"told": number % 60} if number % 5 == 0 else {}, previous=before,
        )  # fmt: skip
        entry.digest = before = digest_of(entry, secret)
        yield entry


def main() -> None:
    many, began = int(sys.argv[1]), time.monotonic()
    call_command("migrate", verbosity=0)
    network = Network.objects.create(name="Two Streets")
    clinic = Clinic.objects.create(network=network, name="Harbour Street OT", languages=["en"])
    with working_in(clinic), transaction.atomic():
        some: list[Entry] = []
        for entry in entries(clinic, many):
            some.append(entry)
            if len(some) == AT_ONCE or entry.number == many:
                Entry.objects.bulk_create(some)
                last, some = some[-1], []
        Head.objects.create(number=last.number, digest=last.digest)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{time.monotonic() - began:.0f}")


main()
