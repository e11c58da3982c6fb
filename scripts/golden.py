"""Keep a golden database of this release: what every later release must be able to bring up.

`python scripts/golden.py`, once, when a release is made: lives some days of the fictional clinics
on SQLite and on PostgreSQL and packs both into `tests/golden/VERSION`; never changed afterwards.
"""

import argparse
import lzma
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import postgres
import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
ROLE = "alongside_golden"


def main() -> int:
    """Make both, and say how large they are."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--again", action="store_true", help="this release is not out yet: make anew")
    asked = ask.parse_args()
    sys.path.insert(0, str(ROOT / "src"))
    from alongside import __version__

    folder = ROOT / "tests" / "golden" / __version__
    if folder.is_dir() and not asked.again:
        print(f"{folder} is there already, and a golden database is never changed (--again).")
        return 1
    url = postgres.find()
    if url is None:
        print("A golden database is made on both engines, and no PostgreSQL answers here.")
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        (folder / "sqlite.xz").write_bytes(packed(on_sqlite(Path(data))))
    (folder / "postgres.xz").write_bytes(packed(on_postgres(url)))
    for file in sorted(folder.iterdir()):
        print(f"{file.relative_to(ROOT)}: {file.stat().st_size / 1000:.0f} kB")
    return 0


def live(**env: str) -> None:
    """Let the clinics live, in a process of its own on a database of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ALONGSIDE_")}
    env = {**kept, "ALONGSIDE_SECRET_KEY": "only for the tests", **env}
    subprocess.run([sys.executable, "-m", "tests.golden.living"], cwd=ROOT, env=env, check=True)


def on_sqlite(data: Path) -> bytes:
    """Give the file, copied whole."""
    from alongside.site.backups import of_sqlite

    live(ALONGSIDE_DATA=str(data), DATABASE_URL="")
    of_sqlite.copy(data / "alongside.sqlite3", data / "copy")
    with of_sqlite.opened(data / "copy", "rw") as database:
        database.execute("VACUUM")
    return (data / "copy").read_bytes()


def on_postgres(url: str) -> bytes:
    """Give the statements that make it again, of no particular owner."""
    name = f"alongside_golden_{os.getpid()}"
    there = postgres.named(url, name)
    data = tempfile.mkdtemp()
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        live(ALONGSIDE_DATA=data, DATABASE_URL=there, ALONGSIDE_DATABASE_ROLE=ROLE)
        words = ["--inserts", "--rows-per-insert=500", "--no-owner", "--no-privileges", there]
        dump = subprocess.run(["pg_dump", *words], check=True, stdout=subprocess.PIPE).stdout
    finally:
        postgres.drop(url, beginning=name, role=ROLE)
        shutil.rmtree(data)
    # Words for `psql`, which others than `psql` do not understand.
    return b"\n".join(line for line in dump.splitlines() if not line.startswith(b"\\"))


def packed(content: bytes) -> bytes:
    """Pack as small as it goes."""
    return lzma.compress(content, preset=9 | lzma.PRESET_EXTREME)


if __name__ == "__main__":
    sys.exit(main())
