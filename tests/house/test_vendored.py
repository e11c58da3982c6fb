"""What others made is served exactly as they made it, with its licence beside it."""

import tomllib
from hashlib import sha256
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "src" / "alongside" / "ui" / "static" / "ui"
FILES = tomllib.loads((STATIC / "vendored.toml").read_text(encoding="utf-8"))["file"]
# Written here; everything else in the folder must be on the list.
OURS = {".css", ".svg", ".js", ".toml", ".txt"}


@pytest.mark.parametrize("entry", FILES, ids=lambda entry: entry["path"])
def test_a_vendored_file_is_the_one_we_read(entry):
    assert sha256((STATIC / entry["path"]).read_bytes()).hexdigest() == entry["sha256"]
    assert (STATIC / entry["licence_file"]).is_file()
    assert entry["version"]
    assert entry["why"]


def test_nothing_foreign_is_served_without_being_listed():
    listed = {entry["path"] for entry in FILES}
    served = {str(path.relative_to(STATIC)) for path in STATIC.rglob("*") if path.is_file()}
    foreign = {path for path in served if Path(path).suffix not in OURS or path.endswith(".min.js")}
    assert foreign == listed


def test_no_style_or_module_of_ours_asks_another_host():
    for path in STATIC.rglob("*"):
        if path.suffix in {".css", ".js"} and not path.name.endswith(".min.js"):
            assert "://" not in path.read_text(encoding="utf-8"), path.name
