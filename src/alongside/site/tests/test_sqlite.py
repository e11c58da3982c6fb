"""We start on an SQLite that keeps its word, on a disk where it can, or not at all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from alongside.site import sqlite

FAKE = """
import sqlite3, sys
from alongside.site import sqlite
sqlite.install = lambda: None
sys.modules["sqlite3"].sqlite_version_info = {version}
sys.modules["sqlite3"].sqlite_version = "{words}"
from alongside.site.cli import main
sys.exit(main(["serve", "--data", "{folder}", "--port", "1"]))
"""


@pytest.mark.parametrize(
    ("version", "keeps"),
    [
        ((3, 7, 0), False),
        ((3, 34, 1), False),
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 44, 7), True),
        ((3, 45, 0), False),
        ((3, 49, 2), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_which_library_keeps_its_word(version, keeps):
    assert sqlite.keeps_its_word(version) is keeps


def test_ours_does():
    sqlite.install()
    import sqlite3

    assert sqlite.keeps_its_word(sqlite3.sqlite_version_info)


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 2)])
def test_on_a_library_that_does_not_nothing_is_opened(tmp_path: Path, version):
    words = ".".join(map(str, version))
    folder = tmp_path / "data"
    env = {**os.environ, "DATABASE_URL": "", "ALONGSIDE_SECRET_KEY": "only for the tests"}
    ended = subprocess.run(
        [sys.executable, "-c", FAKE.format(version=version, words=words, folder=folder)],
        env=env,
        capture_output=True,
        text=True,
    )
    assert ended.returncode != 0
    assert f"SQLite {words} can lose a check-in that it confirmed" in ended.stderr
    assert list(folder.glob("*.sqlite3*")) == []


MOUNTED = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:50 / /srv rw shared:2 - xfs /dev/sdb1 rw
31 30 0:51 / /srv/share rw,relatime shared:9 master:1 - nfs4 nas:/clinic rw,vers=4.2
32 22 0:52 / /mnt/the\\040office rw - cifs //nas/office rw
33 31 8:9 / /srv/share/disk rw - ext4 /dev/sdc1 rw
"""


@pytest.fixture
def mounted(tmp_path: Path) -> Path:
    there = tmp_path / "mountinfo"
    there.write_text(MOUNTED)
    return there


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv/share/alongside", "nfs4"),
        ("/mnt/the office/data", "cifs"),
        ("/srv/shared", "xfs"),
        ("/srv/share/disk/data", "ext4"),
        ("/var/lib/alongside", "ext4"),
    ],
)
def test_a_folder_on_the_network_is_refused_and_one_beside_it_is_not(mounted, folder, kind):
    assert sqlite.file_system_of(Path(folder), mounted) == kind
    if kind in sqlite.SHARED:
        with pytest.raises(sqlite.SharedFolder, match="Choose a folder on a disk"):
            sqlite.refuse_shared(Path(folder), mounted)
    else:
        sqlite.refuse_shared(Path(folder), mounted)


def test_where_the_system_does_not_tell_nothing_is_refused(tmp_path: Path):
    sqlite.refuse_shared(tmp_path, tmp_path / "no such file")
