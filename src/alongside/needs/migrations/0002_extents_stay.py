"""What somebody said stays as it was said: the database itself refuses to change it."""

from django.db import migrations

from alongside.clinics.unchanging import Guard, Keep


class Migration(migrations.Migration):
    dependencies = [("needs", "0001_initial")]
    operations = [
        Keep(
            "needs_extent",
            "What was said stays as it was said; add what is said now.",
            [Guard(name="needs_extent_stays")],
        )
    ]
