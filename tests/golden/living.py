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

from alongside.demo import cast
from alongside.demo.actions.build import build
from alongside.demo.past import play_until_now
from alongside.people.models import User

call_command("migrate", verbosity=0)
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        # It can be made again.
        cursor.execute("PRAGMA synchronous=OFF")
play_until_now(build())
for user in User.objects.all():
    user.email = user.email.replace(f"@{cast.HOST}", "@example.org")
    user.save(update_fields=["email"])
