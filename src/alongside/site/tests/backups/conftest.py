"""A clinic's folder, and a place for its backups."""

from pathlib import Path

import pytest

from alongside.site.backups import inside
from alongside.site.backups.make import KEY, Source
from alongside.site.tests.backups.kept import a_database


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    a_database(data / inside.SQLITE)
    (data / KEY).write_text("the secret of the house\n")
    (data / "erased.jsonl").write_text("{}\n")
    (data / "static").mkdir()
    (data / "static" / "a.css").write_text("can be made again")
    return data


@pytest.fixture
def to(tmp_path: Path) -> Path:
    there = tmp_path / "shelf"
    there.mkdir()
    return there


@pytest.fixture
def source(folder: Path) -> Source:
    named = {"ENGINE": "alongside.site.sqlite_in_turn", "NAME": str(folder / inside.SQLITE)}
    return Source(folder=folder, database=named, secret="the secret of the house")
