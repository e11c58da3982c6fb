"""Put an SQLite that keeps its word in the place of the system's.

Libraries from 3.7.0 to 3.51.2 (other than 3.50.7 and 3.44.6) can lose a committed page when the
write-ahead log is reset (sqlite.org, release notes of 3.51.3). `pysqlite3` brings a library that
cannot. Must be imported before Django's SQLite backend.
"""

import sys
from pathlib import Path

# What the system says of its mounted file systems (Linux; elsewhere nothing is known).
MOUNTED = Path("/proc/self/mountinfo")
# Of these SQLite's own pages say that locks and shared memory cannot be relied on.
NETWORK = "9p afs ceph cifs davfs gfs2 glusterfs lustre ncpfs nfs nfs4 ocfs2 smb2 smb3 smbfs"
USERSPACE = "fuse.cephfs fuse.glusterfs fuse.rclone fuse.s3fs fuse.sshfs"
SHARED = frozenset([*NETWORK.split(), *USERSPACE.split()])

FIXED_IN_BRANCH = {(3, 50): (3, 50, 7), (3, 44): (3, 44, 6)}
FIXED = (3, 51, 3)


class UnsafeSqlite(RuntimeError):
    """The SQLite library at hand can lose what it acknowledged."""


class SharedFolder(RuntimeError):
    """The data folder is on a file system that several machines share."""


def keeps_its_word(version: tuple[int, int, int]) -> bool:
    """Tell whether this library version is outside the range that can lose a committed page."""
    if version >= FIXED:
        return True
    branch = FIXED_IN_BRANCH.get(version[:2])
    return branch is not None and version >= branch


def install() -> None:
    """Make `import sqlite3` give the safe library, where there is one."""
    try:
        import pysqlite3
    except ImportError:
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def refuse_unsafe() -> None:
    """Stop the start-up when the library could lose an acknowledged check-in."""
    import sqlite3

    version = sqlite3.sqlite_version_info
    if not keeps_its_word((version[0], version[1], version[2])):
        raise UnsafeSqlite(
            f"SQLite {sqlite3.sqlite_version} can lose a check-in that it confirmed. Nothing was "
            "opened, and your data are as they were. Install the pinned requirements (they bring "
            "a safe SQLite), or use PostgreSQL with DATABASE_URL."
        )


def refuse_shared(folder: Path, mounted: Path = MOUNTED) -> None:
    """Stop the start-up when the data would lie where SQLite's locks do not hold."""
    kind = file_system_of(folder, mounted)
    if kind in SHARED:
        raise SharedFolder(
            f"The data folder {folder} is on a network file system ({kind}), where SQLite can lose "
            "what it confirmed. Nothing was opened. Choose a folder on a disk of this machine "
            "(--data or ALONGSIDE_DATA), or use PostgreSQL with DATABASE_URL."
        )


def file_system_of(folder: Path, mounted: Path = MOUNTED) -> str:
    """Name the file system that a folder is on; nothing where the system does not tell."""
    try:
        lines = mounted.read_text().splitlines()
    except OSError:
        return ""
    best, kind = -1, ""
    for line in lines:
        # proc(5): the place is the fifth word, the kind the first after a lonely dash.
        here, _, there = line.partition(" - ")
        place = Path(here.split()[4].encode("latin-1").decode("unicode_escape"))
        # What was mounted later lies over what was mounted before.
        if folder.resolve().is_relative_to(place) and len(place.parts) >= best:
            best, kind = len(place.parts), there.split()[0]
    return kind
