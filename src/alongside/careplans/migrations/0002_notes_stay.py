"""A visit note stays as it was written: the database itself refuses to change one."""

from django.db import migrations

SAYS = "A visit note stays as it was written; correct it with a new one."
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
NAMED = ", ".join(COLUMNS)
SQLITE = [
    f"""CREATE TRIGGER careplans_note_stays BEFORE UPDATE OF {NAMED} ON careplans_note
    WHEN {" OR ".join(f"OLD.{one} IS NOT NEW.{one}" for one in COLUMNS)}
    BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"""
]
POSTGRES = [
    f"""CREATE FUNCTION careplans_note_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{SAYS}'; END $$""",
    f"""CREATE TRIGGER careplans_note_stays BEFORE UPDATE OF {NAMED} ON careplans_note
    FOR EACH ROW WHEN ({" OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in COLUMNS)})
    EXECUTE FUNCTION careplans_note_refuse()""",
]
UNDO_SQLITE = ["DROP TRIGGER careplans_note_stays"]
UNDO_POSTGRES = [
    "DROP TRIGGER careplans_note_stays ON careplans_note",
    "DROP FUNCTION careplans_note_refuse()",
]


def guard(apps, editor):
    for statement in POSTGRES if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


def unguard(apps, editor):
    for statement in UNDO_POSTGRES if editor.connection.vendor == "postgresql" else UNDO_SQLITE:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("careplans", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
