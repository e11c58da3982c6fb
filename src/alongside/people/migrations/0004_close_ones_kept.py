"""What a client agreed to is ended and added to, never edited: the database itself refuses."""

from django.db import migrations

KEPT = (
    "id, clinic_id, client_id, name, relation, email, mobile, language, rights, may_act, "
    "begins_on, until_on, added_at, agreed_by, agreed_how"
)
SAYS = "Who may see a page is ended and added, never edited."
SQLITE = [
    f"""CREATE TRIGGER people_closeone_kept BEFORE UPDATE OF {KEPT} ON people_closeone
    BEGIN SELECT RAISE(ABORT, '{SAYS}'); END""",
    f"""CREATE TRIGGER people_closeone_ended BEFORE UPDATE ON people_closeone
    WHEN OLD.ended_at IS NOT NULL BEGIN SELECT RAISE(ABORT, '{SAYS}'); END""",
]
POSTGRES = [
    f"""CREATE FUNCTION people_closeone_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{SAYS}'; END $$""",
    f"""CREATE TRIGGER people_closeone_kept BEFORE UPDATE OF {KEPT} ON people_closeone
    FOR EACH ROW EXECUTE FUNCTION people_closeone_refuse()""",
    """CREATE TRIGGER people_closeone_ended BEFORE UPDATE ON people_closeone
    FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL) EXECUTE FUNCTION people_closeone_refuse()""",
]
UNDO_SQLITE = ["DROP TRIGGER people_closeone_kept", "DROP TRIGGER people_closeone_ended"]
UNDO_POSTGRES = [
    "DROP TRIGGER people_closeone_kept ON people_closeone",
    "DROP TRIGGER people_closeone_ended ON people_closeone",
    "DROP FUNCTION people_closeone_refuse()",
]


def guard(apps, editor):
    for statement in POSTGRES if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


def unguard(apps, editor):
    for statement in UNDO_POSTGRES if editor.connection.vendor == "postgresql" else UNDO_SQLITE:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("people", "0003_close_ones")]
    operations = [migrations.RunPython(guard, unguard)]
