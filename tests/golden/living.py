"""Live the golden database: some days of the fictional clinics, by the product's own actions.

Run by `scripts/golden.py` in a process of its own, on the database that the environment names. The
cast gets addresses like real people's, so that the product starts on what comes of it.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection

from alongside.clinics.current import working_in
from alongside.demo import cast
from alongside.demo.actions.build import build
from alongside.demo.past import play_until_now
from alongside.people.models import User
from tests.house.canaries import MADE_BY_ACTIONS, Seeds, Sown, of_clinics

call_command("migrate", verbosity=0)
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        # It can be made again.
        cursor.execute("PRAGMA synchronous=OFF")
harbour = build()
play_until_now(harbour)
with working_in(harbour):
    # What these days had no use for: no table of a clinic is empty, or nothing of it was tried.
    sown = Sown("g", Seeds(), harbour)
    for model in of_clinics():
        if model.__name__ not in MADE_BY_ACTIONS and not model.objects.exists():
            sown.make(model, **({"measure": "gad-7"} if model.__name__ == "Filling" else {}))
for user in User.objects.all():
    user.email = user.email.replace(f"@{cast.HOST}", "@example.org")
    user.save(update_fields=["email"])
