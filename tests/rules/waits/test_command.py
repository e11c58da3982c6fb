"""`alongside replay`: what it prints, writes and refuses."""

import argparse
import csv
import gzip
import json

import pytest

from alongside.site.commands.replay import COLUMNS, add_arguments, run

from .clinic import lines_of, shared_log

LINES = lines_of(shared_log(days=8))


def replayed(*words: object) -> int:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return run(parser.parse_args([*map(str, words), "--futures", "50"]))


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "log.csv.gz"
    with gzip.open(path, "wt") as out:
        out.write("\n".join(LINES))
    return path


def test_it_prints_the_engine_beside_the_baselines(log, capsys):
    assert replayed(log) == 0
    page = capsys.readouterr().out
    for words in ("always the mean", "the booked time", "Alongside", "Silent overruns", "ms"):
        assert words in page


def test_json_says_the_same_in_figures(log, capsys):
    assert replayed(log, "--json", "--learn", "0.5") == 0
    page = json.loads(capsys.readouterr().out)
    assert page["learned_days"] == 4
    assert {"mae", "rmse", "pinball", "cover", "width"} == set(page["engine"])
    assert page["silent_overruns"] == 0


def test_predictions_are_what_each_was_told_at_check_in(log, tmp_path):
    out = tmp_path / "out.csv"
    assert replayed(log, "--predictions", out) == 0
    rows = list(csv.DictReader(out.open()))
    assert list(rows[0]) == COLUMNS
    assert len(rows) == 3 * 16
    for row in rows:
        told = [float(row[name]) for name in COLUMNS[1:10]]
        assert told == sorted(told)
        assert float(row["told_low"]) <= float(row["q50"]) <= float(row["told_high"])


def test_a_plain_file_will_do(tmp_path, capsys):
    path = tmp_path / "log.csv"
    path.write_text("\n".join([*LINES[:4], LINES[3]]))
    assert replayed(path) == 0
    assert "the same visit twice: the first row is kept (line 5)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no column visit"),
        (b"visit,booked_at\n", "no column arrived_at, started_at"),
        (b"\xff\xfe\x00\x00", "cannot be replayed"),
    ],
)
def test_what_is_no_log_is_refused_in_one_sentence(tmp_path, capsys, content, says):
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    assert replayed(path) == 1
    assert says in capsys.readouterr().err


def test_a_missing_file_a_false_pack_and_an_unknown_zone_are_refused(log, tmp_path, capsys):
    false_pack = tmp_path / "false.csv.gz"
    false_pack.write_text("not packed")
    assert replayed(tmp_path / "none.csv") == 1
    assert replayed(false_pack) == 1
    assert replayed(log, "--zone", "Europe/Atlantis") == 1
    assert "no time zone 'Europe/Atlantis'" in capsys.readouterr().err
