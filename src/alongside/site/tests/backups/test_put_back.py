"""What is put back, where it may be, and what a part does again; never over a running one."""

import io
import os
import re
import sqlite3
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection

from alongside.parts import registry
from alongside.parts.part import Part
from alongside.parts.restored import Restored, after
from alongside.site.backups import check, inside, of_sqlite, restore
from alongside.site.backups.faults import BackupFault, in_words
from alongside.site.backups.make import KEY, Source
from alongside.site.backups.manifest import differences
from alongside.site.tests.backups.kept import KEYS, NOW, made


def test_what_is_backed_up_comes_back_as_it_was(source: Source, to: Path, tmp_path: Path):
    file = made(source, to)
    new = tmp_path / "new"
    with restore.new_folder(new) as laid:
        said = restore.lay_out(file, laid, KEYS, secret="", say=print)
        assert restore.put_in_place(laid, new, now=NOW) is None
    assert said.rows["people_client"] == 50
    assert of_sqlite.counted(new / inside.SQLITE) == said.rows
    assert (new / KEY).read_text() == "the secret of the house\n"
    assert {path.name for path in new.iterdir()} == {inside.SQLITE, KEY, "erased.jsonl"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in new.iterdir()} == {0o600}
    assert stat.S_IMODE(new.stat().st_mode) == 0o700


def test_only_an_empty_place_or_a_spoken_word(folder: Path, tmp_path: Path):
    restore.check_place(tmp_path / "new", replace=False)
    (tmp_path / "empty").mkdir()
    restore.check_place(tmp_path / "empty", replace=False)
    with pytest.raises(BackupFault, match="not empty"):
        restore.check_place(folder, replace=False)
    restore.check_place(folder, replace=True)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about a file of SQLite")
def test_never_over_a_running_one_whatever_is_said(folder: Path):
    with sqlite3.connect(folder / inside.SQLITE) as running:
        running.execute("SELECT * FROM people_client").fetchone()
        with pytest.raises(BackupFault, match="Stop it first"):
            restore.check_place(folder, replace=True)
    running.close()
    restore.check_place(folder, replace=True)


def test_what_is_replaced_is_moved_aside_and_kept(source: Source, to: Path, folder: Path):
    file = made(source, to)
    with restore.new_folder(folder) as laid:
        restore.lay_out(file, laid, KEYS, secret="", say=print)
        aside = restore.put_in_place(laid, folder, now=NOW)
    assert aside is not None
    assert of_sqlite.counted(aside / inside.SQLITE)["people_client"] == 50
    assert of_sqlite.counted(folder / inside.SQLITE)["people_client"] == 50


def test_a_backup_that_says_more_than_it_has_is_refused(source: Source, to: Path, monkeypatch):
    real = inside.write

    def write(pipe, database, extra, of):
        real(pipe, database, extra, replace(of, rows={**of.rows, "people_client": 51}))

    monkeypatch.setattr(inside, "write", write)
    file = made(source, to)
    with (
        restore.new_folder(to / "new") as laid,
        pytest.raises(BackupFault, match="cannot be trust"),
    ):
        restore.lay_out(file, laid, KEYS, secret="", say=print)
    assert not (to / "new").exists()


def test_a_file_that_would_be_written_elsewhere_is_refused(tmp_path: Path):
    import gzip
    import tarfile

    packed = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=packed, mode="wb") as zipped,
        tarfile.open(fileobj=zipped, mode="w|") as tar,
    ):
        tar.addfile(tarfile.TarInfo("../elsewhere"), io.BytesIO())
    packed.seek(0)
    with pytest.raises(BackupFault, match="elsewhere"):
        inside.lay_out(packed, tmp_path)


def test_the_machines_own_key_must_be_the_backups(source: Source, to: Path, tmp_path: Path):
    file = made(source, to)
    with (
        restore.new_folder(tmp_path / "new") as laid,
        pytest.raises(BackupFault, match="ALONGSIDE_SECRET_KEY"),
    ):
        restore.lay_out(file, laid, KEYS, secret="another", say=print)


def test_a_good_backup_has_no_faults(source: Source, to: Path, tmp_path: Path):
    with check.opened(made(source, to), KEYS, near=tmp_path) as (laid, said):
        assert check.faults_of(laid, said) == []
        assert check.secret_in(laid) == "the secret of the house"
    assert list(tmp_path.glob(".restoring-*")) == []


def test_tables_that_differ_are_named():
    assert differences({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 1}) == [
        "b: 2 rows were copied and 3 are here",
        "c: 0 rows were copied and 1 are here",
    ]


def test_what_the_system_says_is_said_in_words(tmp_path: Path):
    for number, says in (
        (13, "may not write"),
        (30, "may not write"),
        (2, "There is no"),
        (5, "Input/output"),
    ):
        with pytest.raises(BackupFault, match=re.escape(says)), in_words(tmp_path):
            raise OSError(number, os.strerror(number))


def forget_again(restored: Restored) -> str:
    erased = [line for path in restored.newest("erased.jsonl") for line in path.open()]
    return f"{len(erased)} erased again" if erased else ""


def test_a_part_does_again_what_an_older_copy_does_not_know(tmp_path: Path, monkeypatch):
    dotted = "alongside.forgetting.forget_again"
    part = Part(name="forgetting", label="f", about="f", restores=(dotted,))
    monkeypatch.setattr(registry, "_parts", {"forgetting": part})
    beside, data = tmp_path / "shelf", tmp_path / "data"
    beside.mkdir()
    restored = Restored(made_at=NOW, data=data, beside=beside)
    monkeypatch.setattr("alongside.parts.restored.import_string", {dotted: forget_again}.get)
    assert list(after(restored)) == []
    (beside / "erased.jsonl").write_text("{}\n{}\n")
    assert list(after(restored)) == ["2 erased again"]
