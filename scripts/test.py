"""Run every test: the rules, then SQLite, then PostgreSQL, then a browser; say what did not run."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.etree import ElementTree

import chromium
import figures
import postgres

ROOT = Path(__file__).resolve().parents[1]
NOTHING_COLLECTED = 5
QUICK = "not browser and not slow"
# Two at a time; the tests of one file stay together, for what those of a fault share takes minutes.
TWO = ("-n2", "--dist=loadfile")
Counts = Counter[str]


class Run:
    """One run of all the suites, with what they counted and what could not run."""

    def __init__(self, folder: Path, words: list[str]) -> None:
        self.folder = folder
        self.words = words
        self.counts: Counts = Counter()
        self.broken: list[str] = []
        self.not_run: list[str] = []
        self.failed: list[str] = []
        self.tag = f"alongside_{os.getpid()}"
        self.told = folder / "figures"
        self.told.mkdir(exist_ok=True)

    def suite(self, name: str, paths: list[str], *options: str, **settings: str) -> None:
        """Run one suite in an environment of its own, and count."""
        if not any(has_tests(ROOT / path) for path in paths):
            return
        print(f"\n== {name} " + "=" * (76 - len(name)), flush=True)
        report = self.folder / f"{len(list(self.folder.iterdir()))}.xml"
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *options]
        there = [path for path in paths if has_tests(ROOT / path)]
        data = tempfile.mkdtemp(dir=self.folder)
        settings |= {"ALONGSIDE_DATA": data, figures.FOLDER: str(self.told)}
        env = environment(os.environ, **settings)
        ended = subprocess.run([*command, *self.words, *there], cwd=ROOT, env=env).returncode
        if ended == NOTHING_COLLECTED:
            return
        self.counts += counted(report)
        self.not_run += [f"{line} ({name})" for line in left_out(report)]
        self.failed += [f"FAILED: {line} ({name})" for line in failures(report)]
        if ended:
            self.broken.append(name)

    def keep_figures(self) -> None:
        """Keep what was told among the documents, and write their page anew."""
        named = os.environ.get(figures.FOLDER)
        kept = Path(named) if named else figures.KEPT
        shutil.copytree(self.told, kept, dirs_exist_ok=True)
        if not named:
            figures.main([])

    def end(self) -> int:
        """Print what was measured, the counts, what did not run; returns the exit status."""
        for figure in figures.told(self.told):
            print(figure.line())
        print("\n" + "=" * 80)
        print(", ".join(f"{self.counts[kind]} {kind}" for kind in ("passed", "failed", "skipped")))
        if self.broken:
            print("Red: " + "; ".join(self.broken))
        # Last of all: where a log is cut, its end is what is left.
        for line in self.failed:
            print(line)
        nothing = not self.counts["passed"] and not self.words
        if nothing:
            print("Not one test ran: that is no success.")
        for line in self.not_run:
            print(line)
        in_ci = os.environ.get("CI", "").lower() in ("true", "1")
        return 1 if self.broken or nothing or (in_ci and self.not_run) else 0


def has_tests(path: Path) -> bool:
    """Tell whether there is a test here yet."""
    return path.is_file() or any(path.rglob("test_*.py"))


def environment(here: Mapping[str, str], **settings: str) -> dict[str, str]:
    """Return an environment in which nothing of this machine's own installation can be felt."""
    kept = {
        name: value
        for name, value in here.items()
        if name.startswith("ALONGSIDE_TEST_")
        or not (name.startswith(("ALONGSIDE_", "DJANGO_", "PYTEST_")) or name == "DATABASE_URL")
    }
    return {**kept, "ALONGSIDE_SECRET_KEY": "only for the tests", **settings}


def counted(report: Path) -> Counts:
    """Return what pytest's own report counts; an error is a failure."""
    counts: Counts = Counter()
    if not report.exists():
        return Counter(failed=1)
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):  # noqa: S314 - our own
        failed = int(suite.get("failures", "0")) + int(suite.get("errors", "0"))
        skipped = int(suite.get("skipped", "0"))
        passed = int(suite.get("tests", "0")) - failed - skipped
        counts.update(passed=passed, failed=failed, skipped=skipped)
    return counts


def failures(report: Path) -> list[str]:
    """Return which tests failed, each with the first line of why."""
    if not report.exists():
        return []
    found = []
    for case in ElementTree.parse(report).getroot().iter("testcase"):  # noqa: S314 - our own
        for fault in (*case.iter("failure"), *case.iter("error")):
            why = fault.get("message", "").strip().partition("\n")[0][:160]
            found.append(f"{case.get('classname')}::{case.get('name')}: {why}")
    return found


def left_out(report: Path) -> list[str]:
    """Return what a test left out for want of something here: its reason begins with NOT RUN."""
    if not report.exists():
        return []
    found = ElementTree.parse(report).getroot().iter("skipped")  # noqa: S314 - our own
    said = (one.get("message", "") for one in found)
    return list(dict.fromkeys(line for line in said if line.startswith("NOT RUN")))


def rules(run: Run) -> None:
    """Run the rules' tests with Django out of reach: the root conftest is not read."""
    run.suite("rules, without Django", ["tests/rules"], "--confcutdir=tests/rules", "-pno:django")


def on_sqlite(run: Run, paths: Iterable[str], marks: str, **settings: str) -> None:
    """Run the suite on SQLite."""
    run.suite("SQLite", list(paths), *TWO, "-m", marks, **settings)


def on_postgres(run: Run, paths: Iterable[str], marks: str, **settings: str) -> None:
    """Run the same suite on PostgreSQL, in databases of this run's own."""
    url = postgres.find()
    if url is None:
        named = os.environ.get("ALONGSIDE_TEST_POSTGRES")
        why = "ALONGSIDE_TEST_POSTGRES does not answer" if named else "no server answers here"
        run.not_run.append(f"NOT RUN: the tests on PostgreSQL ({why}).")
        return
    # The product steps down to a role of this run's own: no test works as who may do everything.
    role = f"{run.tag}_app"
    place = {"DATABASE_URL": postgres.named(url, run.tag), "ALONGSIDE_DATABASE_ROLE": role}
    try:
        run.suite("PostgreSQL", list(paths), *TWO, "-m", marks, **place, **settings)
    finally:
        postgres.drop(url, beginning=f"test_{run.tag}", role=role)


def in_browser(run: Run, marks: str = "browser", **settings: str) -> None:
    """Run the journeys, and the modules' own tests, in a Chromium."""
    browser = chromium.find()
    if browser is None:
        run.not_run.append("NOT RUN: the browser's journeys (no Chromium could be had).")
        return
    settings = {"ALONGSIDE_TEST_CHROMIUM": browser, **settings}
    run.suite("journeys in a browser", ["src", "tests/journeys"], "-m", marks, **settings)


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__)
    which = ask.add_mutually_exclusive_group()
    which.add_argument("--faults", action="store_true", help="kills, races and soaks, full length")
    which.add_argument("--pictures", action="store_true", help="make the pictures, nothing else")
    asked, words = ask.parse_known_args()
    with tempfile.TemporaryDirectory(prefix="alongside-tests-") as folder:
        run = Run(Path(folder), words)
        if asked.pictures:
            pictures = str(ROOT / "docs" / "pictures")
            in_browser(run, "pictures", ALONGSIDE_TEST_PICTURES=pictures)
        elif asked.faults:
            on_sqlite(run, ["tests/faults"], "not browser", ALONGSIDE_TEST_FULL="1")
            on_postgres(run, ["tests/faults"], "not browser", ALONGSIDE_TEST_FULL="1")
            in_browser(run, "browser and slow", ALONGSIDE_TEST_FULL="1")
        else:
            rules(run)
            on_sqlite(run, ["src", "tests/house", "tests/faults"], QUICK)
            on_postgres(run, ["src", "tests/faults"], QUICK)
            in_browser(run, "browser and not pictures and not slow")
        if asked.faults or figures.FOLDER in os.environ:
            run.keep_figures()
        return run.end()


if __name__ == "__main__":
    sys.exit(main())
