"""What sets up and what runs the tests tells the truth, in words and in its exit status."""

import os
import re
import subprocess
import sys
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from tests.house.tree import ROOT

SCRIPTS = ROOT / "scripts"


def script(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    spec = spec_from_file_location(f"script_{name}", SCRIPTS / f"{name}.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    return script("test", monkeypatch)


def test_make_alone_explains_every_target():
    said = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ["demo", "test", "setup", "check", "bench", "faults", "pictures", "docs"]:
        assert re.search(rf"^  make {target} +\S", said, re.MULTILINE), target


def test_ci_does_what_a_contributor_does():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    work = [line for line in lines if line and not line.startswith(("#", "set ", "cd ", "export "))]
    assert work == ["exec make test"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_the_tests_feel_nothing_of_this_machine(runner: ModuleType):
    here = {"PATH": "/bin", "ALONGSIDE_DATA": "/mine", "DATABASE_URL": "postgres://mine"}
    here |= {"ALONGSIDE_TEST_POSTGRES": "postgres://test", "DJANGO_SETTINGS_MODULE": "mine"}
    env = runner.environment(here, ALONGSIDE_DATA="/test")
    assert env == {
        "PATH": "/bin",
        "ALONGSIDE_TEST_POSTGRES": "postgres://test",
        "ALONGSIDE_DATA": "/test",
        "ALONGSIDE_SECRET_KEY": "only for the tests",
    }


def test_what_a_test_leaves_out_for_want_of_something_is_said(runner: ModuleType, tmp_path: Path):
    report = tmp_path / "report.xml"
    out = '<testcase><skipped message="{}"/></testcase>'
    cases = [out.format(words) for words in ("NOT RUN: no gcc", "NOT RUN: no gcc", "not this one")]
    report.write_text(f"<testsuites><testsuite>{''.join(cases)}</testsuite></testsuites>")
    assert runner.left_out(report) == ["NOT RUN: no gcc"]


def test_an_error_counts_as_a_failure(runner: ModuleType, tmp_path: Path):
    report = tmp_path / "report.xml"
    report.write_text(
        '<testsuites><testsuite tests="9" failures="1" errors="2" skipped="3"/></testsuites>'
    )
    assert runner.counted(report) == Counter(passed=3, failed=3, skipped=3)
    assert runner.counted(tmp_path / "none.xml") == Counter(failed=1)


def test_what_failed_is_named_with_its_reason(runner: ModuleType, tmp_path: Path):
    report = tmp_path / "report.xml"
    case = '<testcase classname="tests.journeys" name="test_{}">{}</testcase>'
    cases = [
        case.format("well", ""),
        case.format("red", '<failure message="assert 1 == 2&#10; and more"/>'),
        case.format("broken", '<error message="no server"/>'),
    ]
    report.write_text(f"<testsuites><testsuite>{''.join(cases)}</testsuite></testsuites>")
    named = ["tests.journeys::test_red: assert 1 == 2", "tests.journeys::test_broken: no server"]
    assert runner.failures(report) == named
    assert runner.failures(tmp_path / "none.xml") == []


def ended(runner: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], **state):
    run = runner.Run(tmp_path, [])
    run.counts.update(passed=state.pop("passed", 3))
    for name, value in state.items():
        setattr(run, name, value)
    status = run.end()
    return status, capsys.readouterr().out.strip().splitlines()[-1]


def test_the_last_line_says_what_did_not_run(
    runner: ModuleType,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.delenv("CI", raising=False)
    assert ended(runner, tmp_path, capsys) == (0, "3 passed, 0 failed, 0 skipped")
    not_run = ["NOT RUN: x"]
    assert ended(runner, tmp_path, capsys, not_run=not_run) == (0, "NOT RUN: x")
    monkeypatch.setenv("CI", "true")
    assert ended(runner, tmp_path, capsys, not_run=not_run) == (1, "NOT RUN: x")
    assert ended(runner, tmp_path, capsys)[0] == 0
    assert ended(runner, tmp_path, capsys, broken=["SQLite"])[0] == 1
    assert ended(runner, tmp_path, capsys, passed=0)[0] == 1


def test_a_named_postgresql_that_does_not_answer_is_told(
    runner: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("ALONGSIDE_TEST_POSTGRES", "postgres://nobody@127.0.0.1:9/none")
    run = runner.Run(tmp_path, [])
    runner.on_postgres(run, ["src"], "")
    assert run.not_run == [
        "NOT RUN: the tests on PostgreSQL (ALONGSIDE_TEST_POSTGRES does not answer)."
    ]


def test_without_a_browser_the_journeys_are_told(
    runner: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(runner.chromium, "find", lambda: None)
    monkeypatch.setattr(runner, "has_tests", lambda _: True)
    run = runner.Run(tmp_path, [])
    runner.in_browser(run)
    assert run.not_run == ["NOT RUN: the browser's journeys (no Chromium could be had)."]


def test_a_browser_that_cannot_open_a_page_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    chromium = script("chromium", monkeypatch)
    fake = tmp_path / "chromium"
    fake.write_text("#!/bin/sh\necho 'error while loading shared libraries' >&2; exit 127\n")
    fake.chmod(0o755)
    assert not chromium.starts(str(fake))
    fake.write_text("#!/bin/sh\necho '<html><head></head></html>'\n")
    assert chromium.starts(str(fake))


def find_python(path: str, **env: str) -> subprocess.CompletedProcess[str]:
    asked = ["/bin/sh", str(SCRIPTS / "find-python")]
    return subprocess.run(asked, env={"PATH": path, **env}, capture_output=True, text=True)


@pytest.fixture
def pythons(tmp_path: Path) -> Path:
    """A PATH with an old `python3` and a new `python3.12`."""
    for name, status in (("python3", 1), ("python3.12", 0)):
        (tmp_path / name).write_text(f"#!/bin/sh\nexit {status}\n")
        (tmp_path / name).chmod(0o755)
    return tmp_path


def test_an_old_python_is_passed_over_for_a_newer_one(pythons: Path):
    assert find_python(str(pythons)).stdout.strip() == str(pythons / "python3.12")


@pytest.mark.parametrize(
    ("env", "says"),
    [
        ({"PYTHON": "python3"}, "older than Python 3.11"),
        ({"PYTHON": "python9"}, "no Python called 'python9'"),
    ],
)
def test_a_python_that_will_not_do_is_one_clear_sentence(
    pythons: Path, env: dict[str, str], says: str
):
    done = find_python(str(pythons), **env)
    assert done.returncode == 1
    assert done.stdout == ""
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_no_python_at_all_is_one_clear_sentence(tmp_path: Path):
    done = find_python(str(tmp_path))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "Python 3.11 or newer" in done.stderr


def test_a_second_setup_does_nothing(monkeypatch: pytest.MonkeyPatch):
    setup = script("setup", monkeypatch)
    monkeypatch.setattr(setup, "_done", lambda: {"base": setup.fingerprint("base")})
    monkeypatch.setattr(setup, "fill", lambda _: pytest.fail("installed again"))
    setup.install(["base"])


def test_changed_pins_are_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    setup = script("setup", monkeypatch)
    filled: list[list[str]] = []
    monkeypatch.setattr(setup, "STAMPS", tmp_path / "stamps")
    monkeypatch.setattr(setup, "_done", lambda: {"base": "as it was"})
    monkeypatch.setattr(setup, "usable", lambda: True)
    monkeypatch.setattr(setup, "link", lambda: None)
    monkeypatch.setattr(setup, "fill", lambda files: filled.append([one.name for one in files]))
    setup.install(["base", "dev"])
    assert filled == [["base.txt", "dev.txt"]]
    assert (tmp_path / "stamps").exists()


def test_a_failed_install_is_a_sentence_and_leaves_no_stamp(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    setup = script("setup", monkeypatch)

    def fails(files: list[Path]) -> None:
        raise setup.CannotSetUp("the pinned packages could not be installed.")

    monkeypatch.setattr(setup, "STAMPS", tmp_path / "stamps")
    monkeypatch.setattr(setup, "_done", dict)
    monkeypatch.setattr(setup, "usable", lambda: True)
    monkeypatch.setattr(setup, "fill", fails)
    monkeypatch.setattr(sys, "argv", ["setup.py"])
    assert setup.main() == 1
    assert capsys.readouterr().err.startswith("Set-up stopped: the pinned packages")
    assert not (tmp_path / "stamps").exists()


def test_a_python_without_venv_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    setup = script("setup", monkeypatch)

    def fails(*args: object, **options: object) -> None:
        raise subprocess.CalledProcessError(1, "ensurepip")

    monkeypatch.setattr(setup, "VENV", tmp_path / "venv")
    monkeypatch.setattr(setup.venv, "create", fails)
    with pytest.raises(setup.CannotSetUp, match="python3-venv"):
        setup.make_venv()
    assert not (tmp_path / "venv").exists()
