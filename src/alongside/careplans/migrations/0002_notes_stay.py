"""A visit note stays as it was written: the database itself refuses to change one."""

from django.db import migrations

from alongside.clinics.unchanging import Guard, Keep

COLUMNS = (
    "did",
    "next_step",
    "how_client",
    "how_us",
    "explained",
    "said_back",
    "understood",
    "setting",
    "written_at",
)


class Migration(migrations.Migration):
    dependencies = [("careplans", "0001_initial")]
    operations = [
        Keep(
            "careplans_note",
            "A visit note stays as it was written; correct it with a new one.",
            [Guard(name="careplans_note_stays", words=COLUMNS)],
        )
    ]
