"""What is on record about one client is found by the client, in order; two indexes go for it.

They are taken away by hand: on SQLite, Django would build the table anew to do it, and with it the
record's guards would be gone.
"""

import django.db.models.deletion
from django.db import migrations, models

TABLE = "audit_entry"
LONE = {"client_key": "audit_entry_client_key_7061bb78", "clinic_id": "audit_entry_clinic_id_7ad63129"}


def take_away(apps, editor):
    with editor.connection.cursor() as cursor:
        known = editor.connection.introspection.get_constraints(cursor, TABLE)
    for name, one in known.items():
        if one["index"] and not one["unique"] and one["columns"] in ([key] for key in LONE):
            editor.execute(f"DROP INDEX {editor.quote_name(name)}")


def put_back(apps, editor):
    for column, name in LONE.items():
        editor.execute(f"CREATE INDEX {name} ON {TABLE} ({column})")


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_never_replaced")]
    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                fields=["clinic", "client_key", "number"], name="audit_about_client"
            ),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(take_away, put_back)],
            state_operations=[
                migrations.AlterField(
                    model_name="entry", name="client_key", field=models.UUIDField(null=True)
                ),
                migrations.AlterField(
                    model_name="entry",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clinics.clinic",
                    ),
                ),
            ],
        ),
    ]
