"""Settings that write down every connection to the embedded database, and how it is set.

One line of JSON for each, in the file that `OVERHEARD` names. `DEAF=1` is the control: the same
without the settings of the product.
"""

import json
import os
import sys
import threading
from typing import Any

from django.db.backends.signals import connection_created

from alongside.site.settings import *  # noqa: F403
from alongside.site.settings import DATABASES

ASKED = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")

if os.environ.get("DEAF"):
    DATABASES = {"default": {**DATABASES["default"], "OPTIONS": {}}}


def write_down(connection: Any, **_: Any) -> None:
    """Ask a new connection how it is set."""
    said: dict[str, Any] = {"transactions": connection.transaction_mode}
    for name in ASKED:
        said[name] = connection.connection.execute(f"PRAGMA {name}").fetchone()[0]
    said["where"] = [os.getpid(), threading.current_thread().name, " ".join(sys.argv[-1:])]
    with open(os.environ["OVERHEARD"], "a") as file:  # noqa: PTH123 - one write, one line
        file.write(json.dumps(said) + "\n")


connection_created.connect(write_down)
