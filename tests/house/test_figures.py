"""The page of figures says what the tests told, and nothing else."""

from dataclasses import replace
from pathlib import Path

import pytest
from scripts import figures
from scripts.figures import Figure

FIGURE = Figure(
    name="kill",
    chapter="Nothing lost",
    fault="kill -9",
    tried="20 kills | 10,000 check-ins",
    figure="0 lost",
    asked="0",
    met=True,
    control="without keys: 12 doubled",
)


def test_the_page_is_what_was_kept():
    assert figures.main(["--check"]) == 0, "run `make docs` and commit what it wrote"


def test_a_figure_is_told_aloud_and_kept_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv(figures.FOLDER, str(tmp_path))
    figures.tell(FIGURE)
    assert "kill -9: 0 lost" in capsys.readouterr().out
    (kept,) = figures.told(tmp_path)
    assert kept.measured_on
    assert replace(kept, measured_on="") == FIGURE
    monkeypatch.delenv(figures.FOLDER)
    figures.tell(replace(FIGURE, name="another"))
    assert len(figures.told(tmp_path)) == 1


def test_the_page_says_what_falls_short_and_keeps_its_columns():
    text = figures.page([replace(FIGURE, met=False, figure="3 lost")])
    (row,) = [line for line in text.splitlines() if line.startswith("| kill -9")]
    assert "**falls short:** 3 lost" in row
    assert row.replace("\\|", "").count("|") == 8
    assert "1 figures, 1 of them short" in text


def test_a_heading_that_the_page_does_not_have_is_refused():
    with pytest.raises(ValueError, match="none of the page's headings"):
        figures.tell(replace(FIGURE, chapter="Elsewhere"))
