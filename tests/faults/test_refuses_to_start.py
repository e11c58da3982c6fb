"""No server starts on a database where anybody who knows the demo could take a seat."""

import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from tests.faults.serving import ALONGSIDE, ROOT, Served, a_free_port

# What is refused is the same on both engines; once is enough.
pytestmark = pytest.mark.skipif(
    "postgresql" in settings.DATABASES["default"]["ENGINE"], reason="tried on SQLite"
)
SEED = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "alongside.site.settings"
import django; django.setup()
from alongside.demo.actions.build import build
build()
"""
SIGN_IN = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "alongside.site.settings"
import django; django.setup()
from django.contrib.auth import authenticate
from alongside.people.models import User
tries = ["demo", "password", "", "alongside", "dee", "Dee", "demo.invalid"]
users = list(User.objects.all())
print(len(users), sum(user.has_usable_password() for user in users),
    sum(authenticate(None, username=user.email, password=word) is not None
        for user in users for word in [*tries, user.name, user.email]))
"""


def env_of(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "ALONGSIDE_DEMO"}
    return {**kept, "ALONGSIDE_DATA": str(folder), "DATABASE_URL": "", **more}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo's clinics in it."""
    folder = tmp_path_factory.mktemp("demo")
    for words in ([*ALONGSIDE, "migrate", "--data", str(folder)], [sys.executable, "-c", SEED]):
        subprocess.run(words, env=env_of(folder), check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return folder


@pytest.mark.parametrize("command", ["serve", "web", "live", "tick"])
def test_no_server_starts_with_the_demos_people(demo: Path, command: str):
    words = [*ALONGSIDE, command, "--data", str(demo)]
    words += [] if command == "tick" else ["--port", str(a_free_port())]
    ended = subprocess.run(
        words, env=env_of(demo), cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert ended.returncode == 1
    assert "Alongside does not start. The people of the demo are in this database" in ended.stderr


def test_it_is_the_people_and_nothing_else_that_is_refused(demo: Path):
    """The control: the same folder starts as the demo that it is."""
    served = Served(demo, env_of(demo, ALONGSIDE_DEMO="1"))
    try:
        served.start()
        with urllib.request.urlopen(f"http://127.0.0.1:{served.port}/healthz", timeout=20) as said:
            assert said.status == 200
    finally:
        served.end()


def test_nobody_of_the_cast_has_a_password(demo: Path):
    said = subprocess.run(
        [sys.executable, "-c", SIGN_IN], env=env_of(demo), cwd=ROOT, check=True,
        stdout=subprocess.PIPE, text=True,
    ).stdout.split()  # fmt: skip
    assert int(said[0]) >= 8
    assert said[1:] == ["0", "0"]


def test_the_doctor_says_it_too(demo: Path):
    ended = subprocess.run(
        [*ALONGSIDE, "doctor", "--data", str(demo)],
        env=env_of(demo), cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert ended.returncode == 2
    assert "WRONG: The people of the demo are in this database" in ended.stdout
    assert "[alongside.E022]" in ended.stdout
