"""The folder that holds a clinic's data: made private, with a secret key of its own."""

import argparse
import os
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path


def add_data(parser: argparse.ArgumentParser) -> None:
    """Let a command be told where the data are."""
    default = os.environ.get("ALONGSIDE_DATA", "alongside-data")
    parser.add_argument(
        "--data",
        type=Path,
        default=Path(default),
        metavar="DIR",
        help="the folder of this clinic's data (ALONGSIDE_DATA, else ./alongside-data)",
    )


def use(folder: Path) -> None:
    """Make the folder, if need be, and point the settings at it. Call before Django is loaded."""
    # What this process writes, the database above all, is for its owner only.
    os.umask(0o077)
    prepare(folder)
    os.environ["ALONGSIDE_DATA"] = str(folder.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")


def use_without_key() -> None:
    """Write for the owner only, without a folder yet: for commands that open a backup."""
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")


def look_at(folder: Path) -> None:
    """Point the settings at a folder and change nothing in it."""
    os.umask(0o077)
    os.environ["ALONGSIDE_DATA"] = str(folder.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")
    if (folder / "static" / "staticfiles.json").is_file():
        os.environ.setdefault("ALONGSIDE_STATIC", "true")


def refuse() -> int:
    """Say why no server may start on this database; 1 then, and 0 when one may."""
    from alongside.site.doctor.start import why_not

    refuse_unsafe()
    why = why_not()
    if why:
        print(f"Alongside does not start. {why}", file=sys.stderr)
    return 1 if why else 0


def prepare(folder: Path) -> None:
    """Make the folder readable by its owner only, with a secret key in it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    if any(os.environ.get(f"ALONGSIDE_SECRET_KEY{end}") for end in ("", "_FILE")):
        return
    key = folder / "secret-key"
    try:
        handle = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48) + "\n")


def start_django() -> None:
    """Load the settings and every app."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")
    django.setup()


def lay_out() -> None:
    """Lay out the static files for serving: compressed, and named by what is in them."""
    from django.core.management import call_command

    os.environ["ALONGSIDE_STATIC"] = "true"
    start_django()
    call_command("collectstatic", interactive=False, verbosity=0)


def migrate(*, keep: bool = True) -> None:
    """Bring the database up to this release; the SQLite file is kept as it was before a change."""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError, call_command

    start_django()
    if keep:
        _keep_a_copy()
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except (CommandError, ImproperlyConfigured) as no:
        raise SystemExit(str(no)) from None
    refuse_unsafe()


def _keep_a_copy() -> None:
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    from alongside.site.backups.faults import BackupFault
    from alongside.site.upgrade import keep_a_copy

    try:
        copy = keep_a_copy(datetime.now(UTC))
    except BackupFault as no:
        raise SystemExit(
            f"Nothing was changed, for no copy of before could be kept. {no}"
        ) from None
    except (ImproperlyConfigured, OperationalError):
        # The migration itself says it better.
        return
    if copy:
        print(f"The database as it was before this release: {copy}")


def refuse_unsafe() -> None:
    """Stop, with a sentence, where the database would not keep what it is given, or from whom."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    from alongside.clinics.database import refuse_unsafe

    try:
        refuse_unsafe()
    except ImproperlyConfigured as no:
        raise SystemExit(str(no)) from None
    except OperationalError:
        # It is away for the moment: /readyz says so, and looks for the walls when it is back.
        return
