"""SQLite takes a row's place by INSERT OR REPLACE without asking the guard against removing."""

from django.db import migrations

SQLITE = """CREATE TRIGGER audit_entry_no_replace BEFORE INSERT ON audit_entry
    WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM audit_entry WHERE clinic_id = NEW.clinic_id AND number = NEW.number)
    BEGIN SELECT RAISE(ABORT, 'The record of who saw what is added to, never changed.'); END"""


def guard(apps, editor):
    if editor.connection.vendor == "sqlite":
        editor.execute(SQLITE)


def unguard(apps, editor):
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TRIGGER audit_entry_no_replace")


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_added_never_changed")]
    operations = [migrations.RunPython(guard, unguard)]
