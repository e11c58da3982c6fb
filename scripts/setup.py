"""Fill `.venv` from the hash-pinned requirements, and put `alongside` in it. Standard library only.

The project itself is not installed by a build back-end: that back-end would have to be fetched,
outside the pinned files, and would need the network on every change. A `.pth` file that names
`src` and a console script of five lines do the same work, and cannot fail half-way.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "alongside-setup.json"
# What each extra set stands on: every set is installed on top of the base.
EXTRAS = ("dev", "bench")
SCRIPT = """#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import sys
from alongside.site.cli import main
sys.exit(main())
"""


class CannotSetUp(Exception):
    """Set-up cannot go on; the message is one sentence that says what to do."""


def main() -> int:
    ask = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ask.add_argument("sets", nargs="*", help=f"what to have besides the base: {', '.join(EXTRAS)}")
    wanted = ["base", *ask.parse_args().sets]
    try:
        for name in wanted:
            if name not in ("base", *EXTRAS):
                raise CannotSetUp(f"There is no set of requirements called '{name}'.")
        install(wanted)
        compile_catalogues()
    except CannotSetUp as why:
        print(f"Set-up stopped: {why}", file=sys.stderr)
        return 1
    return 0


def install(wanted: list[str]) -> None:
    """Bring `.venv` to the pinned state of these sets, or find that it is there already."""
    done = _done()
    missing = [name for name in wanted if done.get(name) != fingerprint(name)]
    if not missing:
        return
    if not usable():
        make_venv()
    elif any(name in done for name in missing):
        print("What .venv is made from has changed: bringing it up to date.")
    files = [ROOT / "requirements" / f"{name}.txt" for name in ["base", *missing]]
    print(
        f"Installing {', '.join(missing)} into .venv (once; at most a few minutes) ...", flush=True
    )
    fill(sorted(set(files)))
    link()
    done = {**_done(), **{name: fingerprint(name) for name in missing}}
    STAMPS.write_text(json.dumps(done, indent=1, sort_keys=True) + "\n")
    print("Ready: .venv/bin/alongside --help says what it can do.")


def fingerprint(name: str) -> str:
    """Say what an installed set was made from: its pins, the Python, this file and this place."""
    made_of = hashlib.sha256(str(ROOT).encode())
    version = sys.version_info if not usable() else _version_of_venv()
    made_of.update(repr(tuple(version)[:2]).encode())
    made_of.update((ROOT / "requirements" / f"{name}.txt").read_bytes())
    made_of.update(Path(__file__).read_bytes())
    return made_of.hexdigest()


def _done() -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads(STAMPS.read_text())
    except (OSError, ValueError):
        return {}
    return found


def _version_of_venv() -> tuple[int, ...]:
    said = (VENV / "pyvenv.cfg").read_text()
    line = next(row for row in said.splitlines() if row.startswith("version"))
    return tuple(int(part) for part in line.split("=")[1].strip().split(".")[:2])


def usable() -> bool:
    """Tell whether `.venv` is one of ours: of this place, of a Python that is still there."""
    if not PYTHON.exists() or not (VENV / "pyvenv.cfg").is_file():
        return False
    if os.environ.get("PYTHON") and _version_of_venv() != tuple(sys.version_info[:2]):
        return False
    script = VENV / "bin" / "alongside"
    return not script.exists() or str(PYTHON) in script.read_text()


def make_venv() -> None:
    """Make an empty `.venv`, with pip in it only where there is no uv."""
    try:
        venv.create(VENV, clear=True, symlinks=True, with_pip=not shutil.which("uv"))
    except (OSError, subprocess.CalledProcessError) as error:
        shutil.rmtree(VENV, ignore_errors=True)
        raise CannotSetUp(
            f"{sys.executable} could not make a virtual environment ({type(error).__name__}); on "
            "Debian and Ubuntu `apt-get install python3-venv` mends it, or put uv on the PATH."
        ) from error


def fill(files: list[Path]) -> None:
    """Install the files, by uv where there is one and by pip where there is none."""
    named = [word for file in files for word in ("-r", str(file))]
    # Wheels only: without a compiler a source package would fail late and unreadably.
    rules = ["--require-hashes", "--only-binary", ":all:", "--no-deps"]
    uv = shutil.which("uv")
    if uv:
        # The system's certificates, as pip has them: a clinic's network often brings its own.
        env = {**os.environ, "UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"}
        command = [uv, "pip", "install", "--quiet", "--python", str(PYTHON), *rules, *named]
        if subprocess.run(command, cwd=ROOT, env={**env, "UV_HTTP_RETRIES": "1"}).returncode == 0:
            return
        print("uv could not install them (its words are above); trying pip.", file=sys.stderr)
    if subprocess.run([str(PYTHON), "-m", "pip", "--version"], capture_output=True).returncode:
        venv.create(VENV, symlinks=True, with_pip=True)
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    command = [str(PYTHON), "-m", "pip", "install", *quiet, *rules, *named]
    if subprocess.run(command, cwd=ROOT).returncode:
        raise CannotSetUp(
            "the pinned packages could not be installed (the reason is above); nothing of yours "
            "was changed, and running it again goes on from here."
        )


def link() -> None:
    """Put `src` on the path of `.venv`, and `alongside` among its commands."""
    asked = [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = Path(
        subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()
    )
    (packages / "alongside.pth").write_text(f"{ROOT / 'src'}\n")
    script = VENV / "bin" / "alongside"
    script.write_text(SCRIPT.format(python=PYTHON))
    script.chmod(0o755)


def compile_catalogues() -> None:
    """Compile each catalogue of sentences that is newer than what was compiled from it."""
    for catalogue in sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po")):
        compiled = catalogue.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime:
            command = [str(PYTHON), "-m", "alongside.site.translations", str(catalogue)]
            if subprocess.run(command, cwd=ROOT).returncode:
                raise CannotSetUp(f"{catalogue} could not be compiled.")


if __name__ == "__main__":
    sys.exit(main())
