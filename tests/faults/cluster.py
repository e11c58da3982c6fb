"""A PostgreSQL of a test's own, which it may stop, restart and kill.

PostgreSQL refuses to run as root: there its files and processes are given to somebody who may do
nothing else (`postgres`, else `nobody`).
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests.faults.serving import a_free_port

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "60",
    "shared_buffers": "64MB",
    # Whoever prepares the machine may have taken the safety away; a clinic has it.
    "fsync": "on",
    "full_page_writes": "on",
}


def programs() -> Path | None:
    """Find the folder of `initdb` and `postgres`; None where they are not installed."""
    found = [Path(one).parent for one in [shutil.which("initdb")] if one]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found += sorted(Path("/opt/homebrew/opt").glob("postgresql@*/bin"), reverse=True)
    there = (one for one in found if (one / "initdb").exists() and (one / "postgres").exists())
    return next(there, None)


def owner() -> str | None:
    """Whose the cluster is when we are root; None when it is ours."""
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    return None


@dataclass
class Cluster:
    """One PostgreSQL on a port of its own."""

    folder: Path
    bin: Path
    more: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=a_free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgres://clinic@127.0.0.1:{self.port}/clinic"

    def make(self) -> None:
        """Lay the cluster out, with an empty database."""
        self.folder.chmod(0o755)
        data = self.folder / "data"
        data.mkdir(mode=0o700)
        if user := owner():
            shutil.chown(data, user)
        words = [self.bin / "initdb", "-D", data, "-U", "clinic", "--auth=trust", "-E", "UTF8"]
        # Nothing is in it yet: no need to wait for the disk.
        subprocess.run([*words, "--no-sync", "--locale=C"], check=True, **self._quietly())
        self.start()
        with psycopg.connect(self._params("postgres"), autocommit=True) as admin:
            admin.execute("CREATE DATABASE clinic")

    def start(self, *, within: float = 30) -> float:
        """Start it; gives the seconds until it let somebody in."""
        began = time.monotonic()
        settings = SETTINGS | self.more | {"port": str(self.port), "unix_socket_directories": ""}
        words = [f"-c{name}={value}" for name, value in settings.items()]
        self.process = subprocess.Popen(
            [self.bin / "postgres", "-D", self.folder / "data", *words],
            **self._quietly(),
            start_new_session=True,
        )
        while time.monotonic() - began < within:
            assert self.process.poll() is None, "PostgreSQL ended"
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(self._params("postgres"), connect_timeout=2).close()
                return time.monotonic() - began
            time.sleep(0.05)
        raise TimeoutError("PostgreSQL did not come up")

    def stop(self, how: int = signal.SIGINT) -> None:
        """Stop it: SIGINT is `pg_ctl stop -m fast`, SIGQUIT is `-m immediate`."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(30)

    def kill_all(self) -> None:
        """Kill -9 the postmaster and everybody who works for it."""
        parent = self.process.pid
        mine = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        for one in (parent, *map(int, mine)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        self.process.wait()
        # Its shared memory is free, and it may start again, when the last of them is gone.
        until = time.monotonic() + 10
        while any(_lives(int(one)) for one in mine) and time.monotonic() < until:
            time.sleep(0.01)

    def _params(self, database: str) -> str:
        return f"host=127.0.0.1 port={self.port} user=clinic dbname={database}"

    def _quietly(self) -> dict[str, object]:
        user = owner()
        given = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
        return quiet | (given if user else {})


def _lives(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@contextlib.contextmanager
def cluster(folder: Path | None = None, **more: str) -> Iterator[Cluster]:
    """Have one until the end, in a folder of its own or in this; `more`: PostgreSQL's settings."""
    found = programs()
    assert found is not None
    folder = folder or Path(tempfile.mkdtemp(prefix="alongside-pg-"))
    one = Cluster(folder, found, more)
    try:
        one.make()
        yield one
    finally:
        one.stop(signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)
