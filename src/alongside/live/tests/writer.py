"""Another process that writes: it does what its standard input says, and answers with the time.

`push TOPIC...` commits; `rollback TOPIC...` does not; `repeat N TOPIC...` commits N times;
`sql STATEMENT` runs a statement.
"""

import os
import sys
import time
from importlib import import_module

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")

import django

django.setup()

# After Django is ready.
commands = import_module("django.core.management")
db = import_module("django.db")
push = import_module("alongside.live.actions.push").push


def say(what: object) -> None:
    """Answer whoever started us."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def rolled_back(topics: list[str]) -> None:
    """Push inside a transaction that comes to nothing."""
    with db.transaction.atomic():
        push(*topics)
        db.transaction.set_rollback(True)


def main() -> None:
    """Bring the live tables up, then do line by line what is asked."""
    commands.call_command("migrate", "live", verbosity=0)
    say("ready")
    for line in sys.stdin:
        word, *rest = line.split()
        if word == "push":
            push(*rest)
        elif word == "rollback":
            rolled_back(rest)
        elif word == "repeat":
            for _ in range(int(rest[0])):
                push(*rest[1:])
        elif word == "sql":
            with db.connection.cursor() as cursor:
                cursor.execute(" ".join(rest))
        say(time.time())


main()
