"""The code that proves that whoever sets up the clinic also started it."""

import os
import secrets
from pathlib import Path

from django.conf import settings

from alongside.office.queries.clinic import is_set_up

# No letter or figure that can be taken for another when it is read from a screen.
LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"


def offer_code() -> str | None:
    """Give the code for the set-up page, made once and kept beside the data; None once set up."""
    if is_set_up():
        return None
    if not current_code():
        parts = ["".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4)]
        settings.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(_file(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write("-".join(parts) + "\n")
    return current_code()


def is_code(typed: str) -> bool:
    """Tell whether this is the code, however it is typed."""
    code = current_code()
    return bool(code) and secrets.compare_digest(_bare(typed).encode(), _bare(code).encode())


def claim_code() -> bool:
    """Use the code up; False when somebody else did so a moment before."""
    try:
        _file().unlink()
    except FileNotFoundError:
        return False
    return True


def current_code() -> str:
    """Give the code, or nothing where there is none."""
    try:
        return _file().read_text().strip()
    except FileNotFoundError:
        return ""


def _file() -> Path:
    return Path(settings.DATA) / "setup-code"


def _bare(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign.isalnum())
