"""The record is added to, never changed: the database itself refuses."""

from django.db import migrations

from alongside.clinics.unchanging import Guard, Keep


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        Keep(
            "audit_entry",
            "The record of who saw what is added to, never changed.",
            [Guard(name="audit_entry_kept", before=("UPDATE", "DELETE"))],
        )
    ]
