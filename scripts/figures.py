"""The figures of the faults, attacks and loads: each told by the test that measured it.

How a test or a benchmark tells one:

    from scripts.figures import Figure, tell

    tell(
        Figure(
            name="kill-app-sqlite",  # its file: one fault on one engine, never reused
            chapter="Nothing lost",  # the heading it stands under: one of CHAPTERS
            fault="kill -9 of the whole server, in the middle of check-ins (SQLite)",
            tried="20 kills among 10,000 check-ins through `alongside serve`, each sent again",
            figure="0 lost, 0 doubled; back in 1.9 s",
            asked="0 lost, 0 doubled; back in 5 s",
            met=lost == doubled == 0 and back <= 5,
            control="the same without keys: 31 doubled",
            command="make faults ARGS='-k kill_app'",
        )
    )

Tell it before you assert, so that a figure that falls short is told as well. `tell` prints it; the
end of every run of the tests prints all that were told in it, last. It is kept only where the
environment names a folder (`ALONGSIDE_TEST_FIGURES`), as `make faults` does: from the folder
`docs/explanation/figures`, one file a figure, so that two people who measure do not collide,
`make docs` writes `docs/explanation/what-survives-what.md`. A short form in `make test` is told and
not kept, unless you name a folder: ALONGSIDE_TEST_FIGURES=$PWD/docs/explanation/figures make test.
In a benchmark outside the tests, put the repository's folder on `sys.path` first.
"""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "docs" / "explanation" / "figures"
PAGE = KEPT.parent / "what-survives-what.md"
FOLDER = "ALONGSIDE_TEST_FIGURES"
# The page's headings, in this order; a new one is one more line here.
CHAPTERS = (
    "Nothing lost",
    "Clocks",
    "Backups and moves to a new release",
    "Nobody where they do not belong",
    "Signing in",
    "Out of the door",
    "The record",
    "Load and slow peers",
)
HEAD = """# What survives what

Which accident costs what: each row was written by the command in it, not by hand (`make docs`
makes this page from `docs/explanation/figures`). Every figure has a control beside it: the same
thing with the protection taken away, to show that the test would have noticed. Times were taken on
two shared cores and are upper bounds.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What came of one fault, what was asked for, and the control that shows it could fail."""

    name: str
    chapter: str
    fault: str
    tried: str
    figure: str
    asked: str
    met: bool
    control: str
    command: str = "make faults"
    measured_on: str = ""

    def line(self) -> str:
        """Say it on one line, for the end of a run."""
        verdict = "" if self.met else "NOT MET: "
        return (
            f"{verdict}{self.fault}: {self.figure} (asked: {self.asked}; control: {self.control})"
        )


def tell(figure: Figure) -> None:
    """Say a figure, and keep it where the environment says so."""
    if figure.chapter not in CHAPTERS:
        raise ValueError(f"{figure.chapter!r} is none of the page's headings: scripts/figures.py")
    print(figure.line(), flush=True)
    if folder := os.environ.get(FOLDER):
        keep(figure, Path(folder))


def keep(figure: Figure, folder: Path) -> None:
    """Write a figure to its file, in place of an older one."""
    folder.mkdir(parents=True, exist_ok=True)
    row = asdict(figure) | {"measured_on": f"{datetime.now(UTC):%Y-%m-%d}"}
    text = json.dumps(row, indent=1, ensure_ascii=False) + "\n"
    (folder / f"{figure.name}.json").write_text(text, encoding="utf-8")


def told(folder: Path = KEPT) -> list[Figure]:
    """Give the figures of a folder in the order of the page."""
    rows = [
        Figure(**json.loads(file.read_text(encoding="utf-8"))) for file in folder.glob("*.json")
    ]
    return sorted(rows, key=lambda row: (CHAPTERS.index(row.chapter), row.name))


def page(figures: Iterable[Figure]) -> str:
    """Write the page."""
    rows = list(figures)
    lines = [HEAD]
    for chapter in CHAPTERS:
        mine = [row for row in rows if row.chapter == chapter]
        if not mine:
            continue
        lines += [
            f"## {chapter}",
            "",
            "| what happens | how it was tried | figure | asked for | control | command | date |",
            "|---|---|---|---|---|---|---|",
            *(_row(row) for row in mine),
            "",
        ]
    short = sum(not row.met for row in rows)
    lines.append(f"{len(rows)} figures, {short} of them short of what was asked.\n")
    return "\n".join(lines)


def _row(row: Figure) -> str:
    figure = row.figure if row.met else f"**falls short:** {row.figure}"
    cells = [row.fault, row.tried, figure, row.asked, row.control]
    safe = [cell.replace("|", "\\|").replace("\n", " ") for cell in cells]
    return f"| {' | '.join(safe)} | `{row.command}` | {row.measured_on} |"


def main(words: Sequence[str]) -> int:
    """Write the page from what is kept; with --check, tell whether it is old."""
    text = page(told())
    if "--check" in words:
        return int(PAGE.read_text(encoding="utf-8") != text)
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
