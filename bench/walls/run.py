"""What the walls between clinics cost: a check-in and the board's piece after it, with and without.

Both sorts of connection are open in one process and take turns, visit by visit, so that a machine
that others use as well slows both alike. Without: Django's own PostgreSQL, as a superuser, whom row
security does not hold. Everything is local and ends by itself.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median
from typing import Any

HERE = Path(__file__).resolve().parent
SEED = HERE.parent / "load" / "seed.py"
WITH, WITHOUT = "with", "without"
BAR = 1.15


@dataclass
class Times:
    """What one sort of work took with one sort of connection: seconds."""

    ours: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def measure(self, work: Callable[[], Any], process: int) -> None:
        """Do it once, and keep what it took of both processors and of the day."""
        began, ours, database = time.perf_counter(), time.process_time(), on_cpu(process)
        work()
        self.wall.append(time.perf_counter() - began)
        self.ours.append(time.process_time() - ours)
        self.database.append(on_cpu(process) - database)

    @property
    def cpu(self) -> float:
        return mean(self.ours) + mean(self.database)


def on_cpu(process: int) -> float:
    """Seconds that a process has worked, to the nanosecond (Linux)."""
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9


def both_sorts() -> dict[str, Any]:
    """Open one connection of each sort to the same database."""
    from django.db import connections
    from django.db.backends.postgresql.base import DatabaseWrapper

    walled = connections["default"]
    open_to_all = DatabaseWrapper({**walled.settings_dict}, alias="default")
    for one in (walled, open_to_all):
        one.ensure_connection()
    with open_to_all.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if not cursor.fetchone()[0]:
            raise SystemExit("Name a superuser of a scratch server: one half is without walls.")
        # As a database is that has been in use for a day: PostgreSQL does this by itself.
        cursor.execute("ANALYZE")
    return {WITH: walled, WITHOUT: open_to_all}


def one_after_the_other(made: dict[str, Any], warm: int) -> dict[tuple[str, str], Times]:
    """Let everybody check in, with and without in turn; after each, that clinic's board is read."""
    from django.db import connections
    from django.test import Client
    from django.urls import reverse

    sorts = both_sorts()
    everybody = [(visit, one) for one in made["clinics"] for visit in one["visits"]]
    random.Random(1).shuffle(everybody)
    took: dict[tuple[str, str], Times] = defaultdict(Times)
    for turn, (visit, clinic) in enumerate(everybody):
        which = (WITH, WITHOUT)[turn % 2]
        connections["default"] = sorts[which]
        process = sorts[which].connection.info.backend_pid
        phone, desk = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
        name, _, value = clinic["desk"].partition("=")
        desk.cookies[name] = value
        here = reverse("visits:check-in", args=[visit["token"]])

        def check_in(phone: Client = phone, here: str = here) -> None:
            answer = phone.post(here)
            assert answer.status_code in (200, 303), answer.status_code

        def board(desk: Client = desk) -> None:
            answer = desk.get("/today/", headers={"HX-Request": "true"})
            assert answer.status_code == 200, answer.status_code

        kept = turn >= warm
        for what, work in (("check-in", check_in), ("board", board)):
            (took[what, which] if kept else Times()).measure(work, process)
    return took


def report(took: dict[tuple[str, str], Times]) -> int:
    """Print what it took; 1 if the walls cost more than we allow."""
    print(f"{'':10}{'':9}{'CPU ms: ours':>14}{'database':>10}{'together':>10}{'p50 ms':>9}")
    worst = 0.0
    for what in ("check-in", "board"):
        for which in (WITHOUT, WITH):
            one = took[what, which]
            parts = (mean(one.ours), mean(one.database), one.cpu, median(one.wall))
            print(f"{what:10}{which:9}" + "{:14.2f}{:10.2f}{:10.2f}{:9.2f}".format(
                *(part * 1000 for part in parts)))  # fmt: skip
        ratio = took[what, WITH].cpu / took[what, WITHOUT].cpu
        day = median(took[what, WITH].wall) / median(took[what, WITHOUT].wall)
        print(f"{what:10}x {ratio:.3f} CPU, x {day:.3f} median time (aim: below {BAR:g})")
        worst = max(worst, ratio)
    return 0 if worst < BAR else 1


def main() -> int:
    """Make clinics in an empty database, and let everybody in."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--database", default="", help="an empty one, as a superuser")
    ask.add_argument("--clinics", type=int, default=10, help="clinics (10)")
    ask.add_argument("--visits", type=int, default=30, help="visits of each (30)")
    asked, _others = ask.parse_known_args()
    if not asked.database:
        print("Not measured: --database postgres://... names no scratch database.")
        return 0
    os.environ |= {
        "DATABASE_URL": asked.database,
        "ALONGSIDE_SECRET_KEY": "only for the benchmark",
        "DJANGO_SETTINGS_MODULE": "alongside.site.settings",
    }
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    words = [sys.executable, str(SEED), str(asked.clinics), str(asked.visits)]
    made = json.loads(subprocess.run(words, check=True, capture_output=True).stdout)
    return report(one_after_the_other(made, warm=asked.clinics * 4))


if __name__ == "__main__":
    sys.exit(main())
