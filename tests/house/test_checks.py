"""Format, lint, types and import contracts hold; and the contracts can fail."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.house.layers import stack
from tests.house.tree import ROOT, SRC

BIN = Path(sys.executable).parent


@pytest.mark.parametrize("check", ["format", "lint", "types", "contracts"])
def test_a_check_is_green(check: str):
    asked = [sys.executable, "scripts/check.py", check]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


OUTCOME = re.compile(r"^(One stack|Inside|Nothing|Rules).*\b(KEPT|BROKEN)$", re.MULTILINE)


def contracts(tmp_path: Path, files: Mapping[str, str]) -> dict[str, str]:
    """Run our contracts over a small product with these files; give each contract's outcome."""
    written = {f"{name}/__init__.py": "" for layer in stack() for name in layer}
    for name, text in {"__init__.py": "", **written, **files}.items():
        path = tmp_path / "alongside" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    asked = [str(BIN / "lint-imports"), "--no-cache", "--config", str(ROOT / "pyproject.toml")]
    env = {**os.environ, "PYTHONPATH": str(tmp_path), "COLUMNS": "200"}
    said = subprocess.run(asked, cwd=tmp_path, env=env, capture_output=True, text=True).stdout
    return dict(OUTCOME.findall(said))


KEPT = dict.fromkeys(("One stack", "Inside", "Nothing", "Rules"), "KEPT")
VIEWS = {"visits/views.py": "", "visits/queries.py": "", "visits/urls.py": "from . import views"}


def test_a_small_product_that_keeps_them_is_green(tmp_path: Path):
    assert contracts(tmp_path, VIEWS) == KEPT


@pytest.mark.parametrize(
    ("broken", "files"),
    [
        ("One stack", {"visits/a.py": "import alongside.site"}),
        ("One stack", {"audit/a.py": "import alongside.access"}),
        ("One stack", {"nowhere/__init__.py": ""}),
        ("Inside", {"visits/queries.py": "", "visits/models.py": "from . import queries"}),
        ("Inside", {"visits/queries.py": "", "visits/messages.py": "from . import queries"}),
        ("Nothing", {**VIEWS, "welcome/a.py": "from alongside.visits import views"}),
        ("Rules", {"rules/a.py": "import django.db"}),
        ("Rules", {"rules/a.py": "from time import monotonic"}),
    ],
)
def test_a_planted_import_breaks_its_contract(
    tmp_path: Path, broken: str, files: Mapping[str, str]
):
    assert contracts(tmp_path, files) == {**KEPT, broken: "BROKEN"}


IMPORT_RULES = """
import importlib, pkgutil, sys
import alongside.rules as rules
names = [found.name for found in pkgutil.walk_packages(rules.__path__, "alongside.rules.")]
for name in names:
    importlib.import_module(name)
strangers = {name.split(".")[0] for name in sys.modules} & {"django", "psycopg", "pysqlite3"}
ours = {".".join(name.split(".")[:2]) for name in sys.modules if name.startswith("alongside.")}
print(len(names), sorted(strangers), sorted(ours))
"""


def test_rules_load_without_django_and_without_the_rest_of_us():
    asked = [sys.executable, "-c", IMPORT_RULES]
    env = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}
    said = subprocess.run(asked, env=env, capture_output=True, text=True, check=True).stdout
    assert said.strip().endswith("[] ['alongside.rules']")
    assert int(said.split()[0]) > 5


def test_every_part_has_the_same_names():
    """A folder of `src` holds the names that the others hold, so that one knows where to look."""
    for path in SRC.glob("*/views"):
        assert (path.parent / "urls.py").exists() or not list(path.glob("[a-z]*.py")), path
