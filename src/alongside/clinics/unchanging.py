"""What stays as it was written: the database itself refuses to change it, on either engine.

For migrations. One that was released reaches databases of every age through this file, so what it
says to a database may never become anything else: tests/test_unchanging.py holds it to the letter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import router
from django.db.migrations.operations.base import Operation


@dataclass(frozen=True, kw_only=True)
class Guard:
    """A trigger that refuses.

    `columns` may not be written at all; `words` may be written again as they stand, and never
    otherwise (Django's `save` writes every column); with neither, the whole row is meant. `when`
    narrows it further, in SQL that both engines read alike.
    """

    name: str
    before: tuple[str, ...] = ("UPDATE",)
    columns: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    when: str = ""

    def __post_init__(self) -> None:
        if self.words and (self.columns or self.when):
            raise ValueError("Words stay as they are, whatever else: that is a guard of its own.")
        if (self.words or self.columns) and self.before != ("UPDATE",):
            raise ValueError("Only an update writes columns; whatever else is of the whole row.")

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Write it down, where migrations are squashed."""
        return f"{__name__}.{type(self).__qualname__}", [], asdict(self)

    @property
    def of(self) -> str:
        """The columns that wake it, as both engines write them."""
        named = ", ".join(self.columns or self.words)
        return f" OF {named}" if named else ""

    def only_if(self, differs: str) -> str:
        """Say when it refuses, in an engine's own word for "another value, or none"."""
        return self.when or " OR ".join(f"OLD.{one} {differs} NEW.{one}" for one in self.words)


class Keep(Operation):
    """Let a table refuse what its guards name, and say why in a sentence a person can read."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str, says: str, guards: Sequence[Guard]) -> None:
        if "'" in says or "%" in says:
            raise ValueError("Write ’ for ', and no %: the sentence stands in SQL.")
        self.table, self.says, self.guards = table, says, guards

    def describe(self) -> str:
        """Say what it does, as `migrate --plan` shows it."""
        return f"Keep {self.table} as it was written"

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change nothing of the models: only the database learns of it."""

    def database_forwards(self, app_label: str, editor: Any, before: Any, after: Any) -> None:
        """Put the guards up."""
        if router.allow_migrate(editor.connection.alias, app_label):
            for statement in self.raised(editor.connection.vendor):
                editor.execute(statement)

    def database_backwards(self, app_label: str, editor: Any, before: Any, after: Any) -> None:
        """Take them down."""
        if router.allow_migrate(editor.connection.alias, app_label):
            for statement in self.taken_down(editor.connection.vendor):
                editor.execute(statement)

    def raised(self, vendor: str) -> Iterator[str]:
        """Give the statements that put the guards up."""
        if vendor != "postgresql":
            for guard in self.guards:
                for name, verb in self._sqlite(guard):
                    when = guard.only_if("IS NOT")
                    yield (
                        f"CREATE TRIGGER {name} BEFORE {verb}{guard.of} ON {self.table}"
                        f"{when and f' WHEN {when}'} BEGIN SELECT RAISE(ABORT, '{self.says}'); END"
                    )
            return
        yield (
            f"CREATE FUNCTION {self.table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$\n"
            f"    BEGIN RAISE EXCEPTION '{self.says}'; END $$"
        )
        for guard in self.guards:
            when = guard.only_if("IS DISTINCT FROM")
            yield (
                f"CREATE TRIGGER {guard.name} BEFORE {' OR '.join(guard.before)}{guard.of}"
                f" ON {self.table} FOR EACH ROW{when and f' WHEN ({when})'}"
                f" EXECUTE FUNCTION {self.table}_refuse()"
            )

    def taken_down(self, vendor: str) -> Iterator[str]:
        """Give the statements that take them down again."""
        for guard in self.guards:
            if vendor == "postgresql":
                yield f"DROP TRIGGER {guard.name} ON {self.table}"
            else:
                yield from (f"DROP TRIGGER {name}" for name, _ in self._sqlite(guard))
        if vendor == "postgresql":
            yield f"DROP FUNCTION {self.table}_refuse()"

    def _sqlite(self, guard: Guard) -> Iterator[tuple[str, str]]:
        """Name SQLite's triggers: it takes one verb for each."""
        for verb in guard.before:
            alone = len(guard.before) == 1
            yield guard.name if alone else f"{self.table}_no_{verb.lower()}", verb
