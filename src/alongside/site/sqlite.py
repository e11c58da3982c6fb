"""Put an SQLite that keeps its word in the place of the system's.

Libraries from 3.7.0 to 3.51.2 (other than 3.50.7 and 3.44.6) can lose a committed page when the
write-ahead log is reset (sqlite.org, release notes of 3.51.3). `pysqlite3` brings a library that
cannot. Must be imported before Django's SQLite backend.
"""

import sys

FIXED_IN_BRANCH = {(3, 50): (3, 50, 7), (3, 44): (3, 44, 6)}
FIXED = (3, 51, 3)


class UnsafeSqlite(RuntimeError):
    """The SQLite library at hand can lose what it acknowledged."""


def keeps_its_word(version: tuple[int, int, int]) -> bool:
    """Tell whether this library version is outside the range that can lose a committed page."""
    if version >= FIXED:
        return True
    branch = FIXED_IN_BRANCH.get(version[:2])
    return branch is not None and version >= branch


def install() -> None:
    """Make `import sqlite3` give the safe library, where there is one."""
    try:
        import pysqlite3
    except ImportError:
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def refuse_unsafe() -> None:
    """Stop the start-up when the library could lose an acknowledged check-in."""
    import sqlite3

    version = sqlite3.sqlite_version_info
    if not keeps_its_word((version[0], version[1], version[2])):
        raise UnsafeSqlite(
            f"SQLite {sqlite3.sqlite_version} can lose a check-in that it confirmed. Nothing was "
            "opened, and your data are as they were. Install the pinned requirements (they bring "
            "a safe SQLite), or use PostgreSQL with DATABASE_URL."
        )
