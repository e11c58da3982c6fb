"""The container files and the unit are sound, as far as that can be told without running them."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.house.tree import ROOT

HADOLINT = Path(sys.executable).with_name("hadolint")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
UNIT = re.search(r"```ini\n(.*?)```", (ROOT / "docs/how-to/systemd.md").read_text(), re.DOTALL)


def lint(dockerfile: str) -> str:
    done = subprocess.run(
        [str(HADOLINT), "--no-color", "-"], input=dockerfile, capture_output=True, text=True
    )
    return done.stdout + done.stderr


def test_the_dockerfile_is_clean():
    assert lint(DOCKERFILE) == ""


def test_a_planted_fault_in_a_dockerfile_is_found():
    assert "DL3007" in lint("FROM python:latest\nRUN apt-get install x\n")


def test_the_image_runs_as_nobody_in_particular():
    last = DOCKERFILE.split("\nFROM ")[-1]
    users = re.findall(r"^USER (\S+)", last, re.MULTILINE)
    assert users == ["10001"]
    assert "HEALTHCHECK" in last
    assert "--require-hashes" in DOCKERFILE


def test_what_the_image_copies_is_there_and_nothing_else_is_sent():
    sent = [line[1:] for line in (ROOT / ".dockerignore").read_text().split() if line[0] == "!"]
    copied = re.findall(r"^COPY (?!--from)(\S+)", DOCKERFILE, re.MULTILINE)
    assert sorted(copied) == sorted(sent)
    assert [name for name in copied if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_a_service_has_a_health_check_and_starts_again(name: str):
    service = COMPOSE["services"][name]
    assert service["healthcheck"]["test"]
    assert service["restart"] == "unless-stopped"


def test_the_app_waits_for_its_database_and_is_open_to_this_machine_only():
    app = COMPOSE["services"]["app"]
    assert app["depends_on"]["database"]["condition"] == "service_healthy"
    assert all(port.startswith("127.0.0.1:") for port in app["ports"])
    assert "ports" not in COMPOSE["services"]["database"]


def test_secrets_are_files_and_every_one_is_used():
    used = {name for service in COMPOSE["services"].values() for name in service["secrets"]}
    assert used == set(COMPOSE["secrets"])
    for service in COMPOSE["services"].values():
        for name, value in service["environment"].items():
            secret = re.search(r"PASSWORD|SECRET|TOKEN|DATABASE_URL", name)
            assert not secret or name.endswith("_FILE"), name
            assert not secret or value.removeprefix("/run/secrets/") in service["secrets"]
    assert "/secrets/" in (ROOT / ".gitignore").read_text().split()


def test_every_setting_of_the_containers_is_one_that_is_read():
    from alongside.site.reference.settings import settings

    known = {setting.name for setting in settings()}
    named = set(re.findall(r"\b(ALONGSIDE_[A-Z_]+?)(?:_FILE)?\b", DOCKERFILE + str(COMPOSE)))
    in_docs = {
        name.removesuffix("_FILE")
        for path in ROOT.glob("docs/how-to/*.md")
        for name in re.findall(
            r"\b(?:ALONGSIDE_[A-Z_]+|DATABASE_URL(?:_FILE)?)\b", path.read_text()
        )
    }
    in_docs -= {"ALONGSIDE_TEST_POSTGRES", "ALONGSIDE_TEST_CHROMIUM"}
    assert (named | in_docs) - known == set()


def test_the_unit_starts_a_command_that_there_is(tmp_path: Path):
    from alongside.site.cli import COMMANDS

    assert UNIT
    unit = "\n".join(line.strip() for line in UNIT[1].splitlines())
    started = re.search(r"^ExecStart=\S+/alongside (\w+)", unit, re.MULTILINE)
    assert started
    assert started[1] in COMMANDS
    assert "NoNewPrivileges=yes" in unit
    assert "Restart=always" in unit


def verify(unit: str, tmp_path: Path) -> str:
    path = tmp_path / "alongside.service"
    path.write_text(unit)
    asked = ["systemd-analyze", "verify", "--man=no", str(path)]
    done = subprocess.run(asked, capture_output=True, text=True)
    return "\n".join(line for line in (done.stdout + done.stderr).splitlines() if path.name in line)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine")
def test_systemd_reads_the_unit(tmp_path: Path):
    assert UNIT
    unit = "\n".join(line.strip() for line in UNIT[1].splitlines())
    # Its program is elsewhere here, and so is its user.
    unit = unit.replace("/opt/alongside/.venv/bin/alongside", sys.executable)
    assert verify(unit, tmp_path) == ""
    assert "Restrat" in verify(unit.replace("Restart=", "Restrat="), tmp_path)
