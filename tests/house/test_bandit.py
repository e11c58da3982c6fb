"""Bandit's own rules: every finding is a known one with a reason, and a planted fault is found."""

import json
import subprocess
import sys
from pathlib import Path

from tests.house.tree import ROOT

# What bandit says of which file, and why it may stand. Anything else is red.
KNOWN = {
    ("scripts/postgres.py", "B108"): "where PostgreSQL keeps its socket by default",
    ("scripts/test.py", "B314"): "the report that pytest has just written",
    ("src/alongside/clinics/postgresql/walls.py", "B608"): "names, quoted by the database",
    ("src/alongside/clinics/prepared_writes.py", "B608"): "SQL that Django has written",
    ("src/alongside/site/backups/of_sqlite.py", "B608"): "names out of the database itself",
    ("src/alongside/site/commands/live.py", "B604"): "`shell` is our ASGI shell",
    ("src/alongside/site/commands/web.py", "B604"): "`shell` is our ASGI shell",
}
# Ours says where text may be marked safe, and why: "marks-safe" in hazards.py.
OURS = "B308,B703"
PLANTED = """
import subprocess, pickle, yaml, hashlib
def one(x, cursor):
    subprocess.run(x, shell=True)
    pickle.loads(x)
    yaml.load(x)
    cursor.execute("SELECT * FROM a WHERE b = '%s'" % x)
    return hashlib.md5(x).hexdigest()
"""


def findings(*paths: str) -> set[tuple[str, str]]:
    """Run bandit from medium severity on; give each file and the rule that it breaks."""
    asked = [sys.executable, "-m", "bandit", "-q", "-f", "json", "-ll", "-s", OURS, "-r", *paths]
    asked += ["-x", "*/tests/*,*/migrations/*,*/conftest.py"]
    said = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True).stdout
    return {
        (found["filename"].removeprefix("./"), found["test_id"])
        for found in json.loads(said)["results"]
    }


def test_bandit_finds_nothing_that_has_no_reason():
    assert findings("src", "scripts") == set(KNOWN)


def test_bandit_finds_what_was_planted(tmp_path: Path):
    (tmp_path / "bad.py").write_text(PLANTED)
    assert {rule for _, rule in findings(str(tmp_path))} >= {"B602", "B301", "B506", "B608", "B324"}
