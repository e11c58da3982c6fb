"""Golden databases, unpacked, and any database's rows read as they are, with no product between."""

import hashlib
import lzma
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from alongside.site.backups import of_sqlite
from alongside.site.backups.of_postgres import ALL_ROWS

HERE = Path(__file__).parent
# What the product keeps for itself, or makes anew.
NOT_OURS = ("django_", "auth_", "account_", "mfa_", "socialaccount_", "live_", "sqlite_")
Columns = dict[str, list[str]]
Env = Mapping[str, str]


def releases() -> list[Path]:
    """Give the golden databases, the oldest first."""
    return sorted(folder for folder in HERE.iterdir() if (folder / "sqlite.xz").is_file())


@dataclass
class Raw:
    """A connection that sees every row, on either engine."""

    connection: Any
    is_postgres: bool

    def all(self, asked: str, *values: object) -> list[tuple[Any, ...]]:
        words = asked if self.is_postgres else asked.replace("%s", "?")
        return list(self.connection.execute(words, values or None if self.is_postgres else values))

    def many(self, asked: str, rows: list[tuple[Any, ...]]) -> None:
        cursor = self.connection.cursor()
        self.connection.execute("BEGIN")
        cursor.executemany(asked if self.is_postgres else asked.replace("%s", "?"), rows)
        self.connection.execute("COMMIT")

    def columns(self) -> Columns:
        """Name the tables that hold what people did, with their columns."""
        asked = (
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = current_schema() ORDER BY 1, 2"
            if self.is_postgres
            else "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c "
            "WHERE m.type = 'table' ORDER BY 1, 2"
        )
        found: Columns = {}
        for table, column in self.all(asked):
            if not table.startswith(NOT_OURS):
                found.setdefault(table, []).append(column)
        return found

    def prints(self, columns: Columns) -> dict[str, tuple[int, str]]:
        """Give the number of rows of each table, and a hash over what stands in these columns."""
        return {table: self._print(table, names) for table, names in columns.items()}

    def _print(self, table: str, names: list[str]) -> tuple[int, str]:
        listed = ", ".join(f'"{name}"' for name in names)
        rows = sorted(repr(row) for row in self.all(f'SELECT {listed} FROM "{table}"'))
        return len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()

    def guards(self) -> set[str]:
        """Name the guards that stand around the tables."""
        asked = (
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal UNION "
            "SELECT conname FROM pg_constraint WHERE contype IN ('x', 'c')"
            if self.is_postgres
            else "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'index') "
            "AND sql IS NOT NULL"
        )
        return {row[0] for row in self.all(asked)}

    def applied(self) -> set[str]:
        return {
            f"{app}.{name}" for app, name in self.all("SELECT app, name FROM django_migrations")
        }


@contextmanager
def raw(env: Env) -> Iterator[Raw]:
    """Open the database that an environment names."""
    if url := env["DATABASE_URL"]:
        with psycopg.connect(url, autocommit=True, options=ALL_ROWS) as connection:
            yield Raw(connection, is_postgres=True)
    else:
        with of_sqlite.opened(
            Path(env["ALONGSIDE_DATA"]) / "alongside.sqlite3", "rw"
        ) as connection:
            yield Raw(connection, is_postgres=False)


def unpack(release: Path, env: Env) -> None:
    """Lay a golden database out where an environment says."""
    folder = Path(env["ALONGSIDE_DATA"])
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if env["DATABASE_URL"]:
        with psycopg.connect(env["DATABASE_URL"], autocommit=True) as connection:
            connection.execute(lzma.decompress((release / "postgres.xz").read_bytes()))
    else:
        file = folder / "alongside.sqlite3"
        file.write_bytes(lzma.decompress((release / "sqlite.xz").read_bytes()))
        file.chmod(0o600)
