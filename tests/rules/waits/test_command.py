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


@pytest.mark.parametrize(
    "as_bytes",
    [
        lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
        lambda text: text.replace(",", ";").encode("utf-16"),
        lambda text: text.replace(",", "\t").replace("visit\t", "Visit\t", 1).encode("cp1252"),
        lambda text: gzip.compress(text.encode()),
    ],
    ids=["Windows", "a spreadsheet, wide", "with tabs and an old code", "packed, named as if not"],
)
def test_a_log_is_read_as_other_programs_write_it(tmp_path, capsys, as_bytes):
    head, *rows = LINES[:40]
    plain, other = tmp_path / "plain.csv", tmp_path / "other.csv"
    text = "\n".join([f"{head},therapist", *(f"{row},Zoé" for row in rows)])
    plain.write_text(text, encoding="utf-8")
    other.write_bytes(as_bytes(text))
    assert replayed(plain) == replayed(other) == 0
    first, second = capsys.readouterr().out.split("39 rows.")[1:]
    figures = [page.split("One update")[0] for page in (first, second)]
    assert "Told" in figures[0]
    assert figures[0] == figures[1]


def test_a_missing_file_a_false_pack_and_an_unknown_zone_are_refused(log, tmp_path, capsys):
    false_pack = tmp_path / "false.csv.gz"
    false_pack.write_text("not packed")
    assert replayed(tmp_path / "none.csv") == 1
    assert replayed(false_pack) == 1
    assert replayed(log, "--zone", "Europe/Atlantis") == 1
    assert "no time zone 'Europe/Atlantis'" in capsys.readouterr().err
