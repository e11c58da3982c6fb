"""What stays as it was written: said to each engine to the letter, standing in every database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.writer import MigrationWriter, OperationWriter

from alongside.clinics.tests.owner import the_owner
from alongside.clinics.unchanging import Guard, Keep

RELEASED = Path(__file__).with_name("released_guards.sql")
SAYS = "What was said stays."


def keeps() -> Iterator[tuple[str, Keep]]:
    """Give what the migrations keep, with the name of the migration."""
    migrations = MigrationLoader(None).disk_migrations
    for (app, name), migration in sorted(migrations.items()):
        for operation in migration.operations:
            if isinstance(operation, Keep):
                yield f"{app}.{name}", operation


def said(keep: Keep) -> Iterator[str]:
    for engine in ("sqlite", "postgresql"):
        yield from (f"{engine}: {one}" for one in keep.raised(engine))
        yield from (f"{engine}, undone: {one}" for one in keep.taken_down(engine))


def folded(text: str) -> str:
    return " ".join(text.split())


def standing() -> set[str]:
    """Name the triggers that stand in this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
            if connection.vendor == "postgresql"
            else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        )
        return {name for (name,) in cursor.fetchall()}


def test_what_was_released_is_said_to_the_letter_for_ever():
    released = RELEASED.read_text().split("\n\n")
    now = [
        "\n".join([f"-- {name}", *(folded(one) for one in said(keep))]) for name, keep in keeps()
    ]
    # A new migration is added to the file; nothing that stands there is ever altered.
    assert [one.strip() for one in released] == now


def wanted() -> set[str]:
    undone = (one for _, keep in keeps() for one in keep.taken_down(connection.vendor))
    return {one.split(" ")[2] for one in undone if one.startswith("DROP TRIGGER")}


def test_every_guard_stands_when_all_migrations_are_through(db):
    assert len(wanted()) >= 6
    assert wanted() <= standing()


def test_a_guard_that_a_rebuilt_table_lost_is_found(db):
    keep = next(keep for _, keep in keeps() if keep.table == "goals_goal")
    with the_owner(), connection.cursor() as cursor:
        for statement in keep.taken_down(connection.vendor):
            cursor.execute(statement)
    assert wanted() - standing() == {"goals_goal_words_stay"}


@pytest.fixture
def say(db) -> Iterator[object]:
    """Write into a table of three columns, one row in it; `say` tells whether it went through."""
    with the_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE scratch (words varchar, why varchar, ended varchar)")
        cursor.execute("INSERT INTO scratch VALUES ('to cook', NULL, NULL)")

        def _say(sql: str) -> str:
            try:
                with transaction.atomic():
                    cursor.execute(sql)
            except DatabaseError as refusal:
                return str(refusal).splitlines()[0]
            return "done"

        _say.keep = lambda *guards: [
            cursor.execute(one) for one in Keep("scratch", SAYS, guards).raised(connection.vendor)
        ]
        _say.let_go = lambda *guards: [
            cursor.execute(one)
            for one in Keep("scratch", SAYS, guards).taken_down(connection.vendor)
        ]
        yield _say
        cursor.execute("DROP TABLE scratch")


def test_without_a_guard_anything_is_written(say):
    assert say("UPDATE scratch SET words = 'to dance', why = 'joy'") == "done"


def test_words_may_be_written_again_as_they_stand_and_never_otherwise(say):
    say.keep(Guard(name="words_stay", words=("words", "why")))
    assert say("UPDATE scratch SET words = 'to cook', why = NULL, ended = 'today'") == "done"
    assert say("UPDATE scratch SET words = 'to dance'") == SAYS
    assert say("UPDATE scratch SET why = ''") == SAYS


def test_columns_may_not_be_written_at_all(say):
    say.keep(Guard(name="kept", columns=("words",)))
    assert say("UPDATE scratch SET words = 'to cook'") == SAYS
    assert say("UPDATE scratch SET ended = 'today'") == "done"


def test_what_has_ended_is_closed_for_good(say):
    say.keep(Guard(name="ended", when="OLD.ended IS NOT NULL"))
    assert say("UPDATE scratch SET ended = 'today'") == "done"
    assert say("UPDATE scratch SET ended = NULL") == SAYS


def test_one_guard_stands_before_several_verbs(say):
    both = Guard(name="added_only", before=("UPDATE", "DELETE"))
    say.keep(both)
    assert say("UPDATE scratch SET words = 'to cook'") == SAYS
    assert say("DELETE FROM scratch") == SAYS
    assert say("INSERT INTO scratch VALUES ('to dance', NULL, NULL)") == "done"
    say.let_go(both)
    assert say("DELETE FROM scratch") == "done"


def test_a_guard_that_says_two_things_is_refused():
    with pytest.raises(ValueError, match="a guard of its own"):
        Guard(name="both", words=("words",), when="OLD.ended IS NOT NULL")
    with pytest.raises(ValueError, match="the whole row"):
        Guard(name="gone", before=("DELETE",), columns=("words",))
    with pytest.raises(ValueError, match="stands in SQL"):
        Keep("scratch", "It's kept.", [Guard(name="kept")])


def test_it_can_be_written_down_again_when_migrations_are_squashed():
    keep = Keep("scratch", SAYS, [Guard(name="words_stay", words=("words",))])
    text, imports = OperationWriter(keep, indentation=0).serialize()
    made: dict[str, object] = {}
    exec("\n".join([*imports, f"kept = {text.rstrip(',')}"]), made)
    assert list(said(made["kept"])) == list(said(keep))
    assert MigrationWriter.serialize(keep.guards[0])[1] == {"import alongside.clinics.unchanging"}
