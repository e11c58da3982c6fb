"""A backup opens for who holds a key or the passphrase, for nobody else, and never changed."""

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pyrage
import pytest

from alongside.site.backups import inside, of_sqlite, own_key, sealed
from alongside.site.backups.faults import BackupFault, WrongKey
from alongside.site.backups.make import Source
from alongside.site.tests.backups.kept import CANARY, KEYS, made

PHRASE = "a phrase for the tests"


def test_nobody_reads_a_name_in_it(source: Source, to: Path):
    file = made(source, to)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    whole = b"".join(path.read_bytes() for path in to.iterdir())
    assert CANARY.encode() not in whole
    assert b"the secret of the house" not in whole
    assert CANARY.encode() in b"".join(path.read_bytes() for path in source.folder.glob("*lite3*"))


def opens(file: Path, keys: sealed.Keys) -> bool:
    heard = []
    with file.open("rb") as source:
        sealed.unseal(source, lambda pipe: heard.append(pipe.read()), keys)
    return bool(heard[0])


def test_holders_of_a_key_and_of_the_passphrase_open_it_and_nobody_else(source: Source, to: Path):
    mine, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    both = own_key.lock_of(
        source.folder, recipients=(str(mine.to_public()),), passphrase=PHRASE, secret="s"
    )
    file = made(source, to, lock=both)
    assert opens(file, sealed.Keys(passphrase=PHRASE))
    assert opens(file, sealed.Keys(identities=(str(mine),)))
    for keys, says in (
        (sealed.Keys(identities=(str(other),)), "No key at hand"),
        (sealed.Keys(passphrase="another phrase entirely"), "passphrase does not open"),
        (sealed.Keys(), "you need the passphrase"),
        (sealed.Keys(identities=("hunter2",)), "AGE-SECRET-KEY"),
    ):
        with pytest.raises(WrongKey, match=says):
            opens(file, keys)


class Stretched:
    """Stands for pyrage's passphrases, which cost a second and a gigabyte each."""

    def __init__(self) -> None:
        self.times = 0

    def encrypt(self, text: bytes, phrase: str) -> bytes:
        self.times += 1
        return f"locked with {phrase}".encode()


def test_a_passphrase_is_stretched_once_and_again_when_it_changes(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(own_key.pyrage, "passphrase", stretched := Stretched())

    def lock(phrase: str) -> sealed.Lock:
        return own_key.lock_of(tmp_path, recipients=("age1x",), passphrase=phrase, secret="s")

    first = lock(PHRASE)
    assert lock(PHRASE) == first
    assert stretched.times == 1
    other = lock(PHRASE + "!")
    assert stretched.times == 2
    assert other.recipients[0] == "age1x" == first.recipients[0]
    assert other.recipients[1] != first.recipients[1]
    kept = tmp_path / own_key.NAME
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert PHRASE not in kept.read_text()
    assert "AGE-SECRET" not in kept.read_text()


def test_a_short_passphrase_is_refused(tmp_path: Path):
    with pytest.raises(BackupFault, match="too short"):
        own_key.lock_of(tmp_path, recipients=(), passphrase="short", secret="s")
    assert own_key.lock_of(tmp_path, recipients=(), passphrase="", secret="s") == sealed.Lock()


@pytest.mark.skipif(not shutil.which("age"), reason="age is not installed here")
def test_age_and_tar_open_it_without_us(source: Source, to: Path, tmp_path: Path):
    mine = pyrage.x25519.Identity.generate()
    file = made(source, to, lock=sealed.Lock(recipients=(str(mine.to_public()),)))
    (tmp_path / "key").write_text(f"{mine}\n")
    words = f"tar xf {file} && age --decrypt -i key data.age | tar xz"
    subprocess.run(["sh", "-ec", words], cwd=tmp_path, check=True)
    assert of_sqlite.counted(tmp_path / inside.SQLITE)["people_client"] == 50


@pytest.mark.parametrize("at", [0.2, 0.5, 0.9])
def test_a_changed_or_shortened_backup_is_refused(source: Source, to: Path, at: float):
    (source.folder / "large").write_bytes(os.urandom(200_000))
    file = made(source, to)
    whole = file.read_bytes()
    place = int(len(whole) * at)
    for broken in (
        whole[:place],
        whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :],
    ):
        file.write_bytes(broken)
        with pytest.raises(BackupFault, match=r"damaged|cut short|No key"):
            opens(file, KEYS)


def test_what_is_no_backup_is_said_to_be_none(tmp_path: Path):
    (tmp_path / "x.tar").write_bytes(b"hello " * 1000)
    with pytest.raises(BackupFault, match="not a backup of Alongside"):
        opens(tmp_path / "x.tar", KEYS)
