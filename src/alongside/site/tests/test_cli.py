"""The command line: quick to answer, and careful with a clinic's folder."""

import os
import stat
import subprocess
import sys
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path

import pytest

from alongside import __version__
from alongside.site import cli
from alongside.site.commands import _folder


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_can_be_asked_for(name: str):
    module = import_module(f"alongside.site.commands.{name}")
    module.add_arguments(ArgumentParser())
    assert callable(module.run)
    assert module.run.__doc__


def test_every_module_of_commands_is_offered():
    folder = Path(_folder.__file__).parent
    modules = {path.stem for path in folder.glob("*.py") if not path.stem.startswith("_")}
    assert modules == set(cli.COMMANDS)


ASK_FOR_HELP = """
import sys
from alongside.site.cli import main
try:
    main(["--help"])
except SystemExit:
    print("LOADED", [name for name in ("django", "numpy", "uvicorn") if name in sys.modules])
"""


def test_help_loads_no_framework():
    asked = [sys.executable, "-c", ASK_FOR_HELP]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert "LOADED []" in said
    assert all(name in said for name in cli.COMMANDS)


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]):
    assert cli.main(["version"]) == 0
    assert capsys.readouterr().out.strip() == __version__


def test_no_command_is_a_clear_error(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        cli.main([])
    assert ended.value.code == 2
    assert "COMMAND" in capsys.readouterr().err


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ALONGSIDE_SECRET_KEY", "ALONGSIDE_SECRET_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("no_key")
def test_a_clinics_folder_is_for_its_owner_only(tmp_path: Path):
    folder = tmp_path / "a" / "clinic"
    _folder.prepare(folder)
    key = folder / "secret-key"
    assert (mode(folder), mode(key)) == (0o700, 0o600)
    assert len(key.read_text().strip()) >= 50


@pytest.mark.usefixtures("no_key")
def test_a_folder_that_was_open_to_others_is_closed(tmp_path: Path):
    folder = tmp_path / "clinic"
    folder.mkdir(mode=0o755)
    _folder.prepare(folder)
    assert mode(folder) == 0o700


@pytest.mark.usefixtures("no_key")
def test_the_key_is_made_once(tmp_path: Path):
    _folder.prepare(tmp_path)
    first = (tmp_path / "secret-key").read_text()
    _folder.prepare(tmp_path)
    assert (tmp_path / "secret-key").read_text() == first


def test_a_key_given_from_outside_is_left_to_the_outside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("ALONGSIDE_SECRET_KEY_FILE", "/run/secrets/key")
    _folder.prepare(tmp_path)
    assert not (tmp_path / "secret-key").exists()


def test_the_settings_are_pointed_at_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ALONGSIDE_DATA", "elsewhere")
    _folder.use(tmp_path)
    assert os.environ["ALONGSIDE_DATA"] == str(tmp_path)


def test_web_answers_pages_in_several_processes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    from alongside.site import asgi, processes, server
    from alongside.site.commands import web

    called: list[tuple[object, ...]] = []
    monkeypatch.setattr(
        processes, "answer_together", lambda *words, **more: called.append((words, more)) or 0
    )
    monkeypatch.setattr(_folder, "use", lambda _folder: None)
    monkeypatch.setattr(_folder, "lay_out", lambda: None)
    monkeypatch.setattr(_folder, "refuse", lambda: 0)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    monkeypatch.setenv("ALONGSIDE_ERRANDS", "false")
    monkeypatch.setenv("ALONGSIDE_WEB_THREADS", "4")
    parser = ArgumentParser()
    web.add_arguments(parser)
    assert web.run(parser.parse_args(["--port", "9000", "--workers", "3"])) == 0
    words, more = called[0]
    assert (words, more["processes"]) == (("127.0.0.1", 9000), 3)
    assert more["answer"].func is server.answer
    assert more["answer"].keywords == {"shell": asgi.pages_application}


def test_manage_gives_django_every_word(monkeypatch: pytest.MonkeyPatch):
    heard: list[list[str]] = []
    monkeypatch.setattr("django.core.management.execute_from_command_line", heard.append)
    assert cli.main(["manage", "check", "--deploy"]) == 0
    assert heard == [["alongside manage", "check", "--deploy"]]
