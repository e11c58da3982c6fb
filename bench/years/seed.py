"""Make clinics with three years behind them: `seed.py CLINICS CLIENTS [FULL]`.

The first FULL clinics (all, unless it is said) have all that a clinic keeps. The others are thin:
at most four visits of an episode, no letters, a tenth of who saw and did what. Runs in a process of
its own, on the database of the settings, which must be empty.
"""

import os
import sys
import time
from contextlib import ExitStack
from importlib import import_module

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")
import_module("django").setup()

from django.core.management import call_command
from django.db import connection, transaction
from history import DAYS, live
from place import PER_THERAPIST, make

from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.clinics.database import as_owner
from alongside.clinics.models import Clinic, Network

# Visits of a client in three years, as drawn; how many therapists that keeps busy.
VISITS, THIN_VISITS = 13.2, 5.0


def main() -> None:
    """Make them one after the other, each in one transaction."""
    clinics, clients = int(sys.argv[1]), int(sys.argv[2])
    full = int(sys.argv[3]) if len(sys.argv) > 3 else clinics
    began = time.monotonic()
    call_command("migrate", verbosity=0)
    if Clinic.objects.exists():
        raise SystemExit("This database has clinics already: name an empty one.")
    network = Network.objects.create(name="Years")
    with ExitStack() as stack:
        stack.enter_context(as_owner(connection))
        _in_a_hurry()
        for number in range(clinics):
            _one(network, number, clients, thin=number >= full, began=began)
    _check()
    print(f"All in {time.monotonic() - began:.0f} s", file=sys.stderr)


def _one(network: Network, number: int, clients: int, *, thin: bool, began: float) -> None:
    visits = THIN_VISITS if thin else VISITS
    therapists = -(-clients * visits // (DAYS * PER_THERAPIST))
    with transaction.atomic():
        now = clock.now()
        place = make(network, number, therapists=int(therapists) + 1, days=DAYS, now=now, thin=thin)
        with working_in(place.clinic):
            counts = live(place, clients, thin=thin)
    rows = sum(counts.values())
    print(
        f"Clinic {number}{' (thin)' if thin else ''}: {clients} clients, {rows} rows, "
        f"{time.monotonic() - began:.0f} s",
        file=sys.stderr,
        flush=True,
    )
    for table, count in sorted(counts.items(), key=lambda pair: -pair[1]):
        print(f"  {table:28}{count:>10}", file=sys.stderr)


def _in_a_hurry() -> None:
    """Nothing that is made here need survive a power cut; what refers to what is checked once."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("SET synchronous_commit = off")
        else:
            cursor.execute("PRAGMA foreign_keys=OFF")
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-400000")


def _check() -> None:
    """Let the database say whether anything refers to what is not there."""
    if connection.vendor == "sqlite":
        connection.check_constraints()


main()
