"""A client's own words stay as they were written: the database itself refuses to change them."""

from django.db import migrations

SAYS = "A goal’s own words stay as they were written; write a new goal."
SQLITE = [
    f"""CREATE TRIGGER goals_goal_words_stay BEFORE UPDATE OF words, why ON goals_goal
    WHEN OLD.words IS NOT NEW.words OR OLD.why IS NOT NEW.why
    BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"""
]
POSTGRES = [
    f"""CREATE FUNCTION goals_goal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{SAYS}'; END $$""",
    """CREATE TRIGGER goals_goal_words_stay BEFORE UPDATE OF words, why ON goals_goal
    FOR EACH ROW WHEN (OLD.words IS DISTINCT FROM NEW.words OR OLD.why IS DISTINCT FROM NEW.why)
    EXECUTE FUNCTION goals_goal_refuse()""",
]
UNDO_SQLITE = ["DROP TRIGGER goals_goal_words_stay"]
UNDO_POSTGRES = [
    "DROP TRIGGER goals_goal_words_stay ON goals_goal",
    "DROP FUNCTION goals_goal_refuse()",
]


def guard(apps, editor):
    for statement in POSTGRES if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


def unguard(apps, editor):
    for statement in UNDO_POSTGRES if editor.connection.vendor == "postgresql" else UNDO_SQLITE:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("goals", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
