"""Bring a database up to a release that is not there yet: ours, and two more migrations.

`python -m tests.faults.migrating FOLDER`: copies of the migrations stand in the folder, with a new
one at the end of each. One adds a column to the visits and fills it row by row, the other alters a
column of the clients, for which SQLite makes the whole table anew. Says how far it is.
"""

import os
import shutil
import sys
from importlib import import_module
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")

VISITS = """
import time

from django.db import migrations, models

AT_ONCE = {at_once}


def fill(apps, editor):
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT id FROM visits_visit ORDER BY id")
        keys = [row[0] for row in cursor.fetchall()]
        for first in range(0, len(keys), AT_ONCE):
            some = keys[first : first + AT_ONCE]
            marks = ", ".join(["%s"] * len(some))
            cursor.execute(f"UPDATE visits_visit SET golden = 'x' WHERE id IN ({{marks}})", some)
            print("filled", first, len(keys), flush=True)
            time.sleep({pause})


class Migration(migrations.Migration):
    atomic = {atomic}
    dependencies = [("visits", "{leaf}")]
    operations = [
        migrations.AddField("visit", "golden", models.CharField(max_length=9, null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
"""
PEOPLE = """
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "{leaf}"), ("visits", "{visits}")]
    operations = [
        migrations.AlterField("client", "mobile", models.CharField(max_length=40, blank=True)),
    ]
"""
NAME = "9999_golden"


def add(folder: Path, app: str, text: str, **words: object) -> str:
    """Copy an app's migrations, put one more at their end, and give the name of the last before."""
    there = Path(import_module(f"alongside.{app}").__file__ or "").parent / "migrations"
    here = folder / f"golden_{app}"
    shutil.copytree(there, here, dirs_exist_ok=True)
    leaf = max(path.stem for path in there.glob("[0-9]*.py"))
    (here / f"{NAME}.py").write_text(text.format(leaf=leaf, **words))
    return leaf


def main() -> None:
    folder = Path(sys.argv[1])
    at_once, pause = (500, 0) if os.environ.get("ALONGSIDE_TEST_FULL") else (10, 0.05)
    atomic = os.environ.get("ALONGSIDE_TEST_ATOMIC") != "no"
    add(folder, "visits", VISITS, at_once=at_once, pause=pause, atomic=atomic)
    add(folder, "people", PEOPLE, visits=NAME)
    sys.path.insert(0, str(folder))
    from django.conf import settings

    settings.MIGRATION_MODULES = {app: f"golden_{app}" for app in ("visits", "people")}
    import django

    django.setup()
    from django.core.management import call_command

    print("begins", flush=True)
    call_command("migrate", interactive=False, verbosity=0)
    print("done", flush=True)


main()
