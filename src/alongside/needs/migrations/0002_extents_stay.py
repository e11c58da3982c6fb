"""What somebody said stays as it was said: the database itself refuses to change it."""

from django.db import migrations

SAYS = "What was said stays as it was said; add what is said now."
SQLITE = [
    f"""CREATE TRIGGER needs_extent_stays BEFORE UPDATE ON needs_extent
    BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"""
]
POSTGRES = [
    f"""CREATE FUNCTION needs_extent_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{SAYS}'; END $$""",
    """CREATE TRIGGER needs_extent_stays BEFORE UPDATE ON needs_extent
    FOR EACH ROW EXECUTE FUNCTION needs_extent_refuse()""",
]
UNDO_SQLITE = ["DROP TRIGGER needs_extent_stays"]
UNDO_POSTGRES = [
    "DROP TRIGGER needs_extent_stays ON needs_extent",
    "DROP FUNCTION needs_extent_refuse()",
]


def guard(apps, editor):
    for statement in POSTGRES if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


def unguard(apps, editor):
    for statement in UNDO_POSTGRES if editor.connection.vendor == "postgresql" else UNDO_SQLITE:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("needs", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
