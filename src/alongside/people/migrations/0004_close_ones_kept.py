"""What a client agreed to is ended and added to, never edited: the database itself refuses."""

from django.db import migrations

from alongside.clinics.unchanging import Guard, Keep

KEPT = (
    "id",
    "clinic_id",
    "client_id",
    "name",
    "relation",
    "email",
    "mobile",
    "language",
    "rights",
    "may_act",
    "begins_on",
    "until_on",
    "added_at",
    "agreed_by",
    "agreed_how",
)


class Migration(migrations.Migration):
    dependencies = [("people", "0003_close_ones")]
    operations = [
        Keep(
            "people_closeone",
            "Who may see a page is ended and added, never edited.",
            [
                Guard(name="people_closeone_kept", columns=KEPT),
                Guard(name="people_closeone_ended", when="OLD.ended_at IS NOT NULL"),
            ],
        )
    ]
