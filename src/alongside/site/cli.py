"""`alongside`: one module per command in `commands/`, read only when that command is asked for."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from alongside import __version__

# Named here, not found by reading the folder, so that `alongside --help` imports nothing.
COMMANDS = {
    "serve": "run the clinic: one process, one folder of data",
    "demo": "open a living clinic day, in a folder of its own",
    "replay": "run a clinic's log through the engine and score what it would have told",
    "measure": "name the outcome measures, or score answers to one (JSON in, JSON out)",
    "match": "say which services fit somebody's needs, and why (JSON in, JSON out)",
    "migrate": "bring the database up to this release",
    "web": "serve the pages only, for a larger installation",
    "live": "serve the live streams only, beside `web`",
    "backup": "make a locked copy of everything while the clinic works, or check one",
    "audit": "check that the record is as it was written, or write down where it ends",
    "doctor": "look at an installation, and say what is wrong with it",
    "restore": "put a backup back, checked, into a folder of its own",
    "network": "say who looks after a whole network, and who no longer does",
    "tick": "do what is due now: reminders, the outbox, corrections",
    "person": "one person's data: a copy of it, erasing it, erasing it again",
    "translations": "extract, check or compile the catalogue of sentences",
    "invite": "give somebody who lost their way in a new one",
    "docs": "write the reference pages from the code",
    "manage": "Django's own commands, for developers",
    "version": "print the version",
}


def parser() -> argparse.ArgumentParser:
    """The commands and one sentence each; what a command takes is added when it is chosen."""
    top = argparse.ArgumentParser(prog="alongside", description="Alongside, for the clinic.")
    top.add_argument("--version", action="version", version=__version__)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the process's exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    top = parser()
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    chosen = next((word for word in words if not word.startswith("-")), "")
    for name, says in COMMANDS.items():
        command = commands.add_parser(name, help=says, description=says, add_help=name != "manage")
        if name == chosen:
            module = import_module(f"alongside.site.commands.{name}")
            module.add_arguments(command)
            command.set_defaults(run=module.run)
    if chosen == "manage":
        # Everything after `manage` belongs to Django, dashes included.
        return int(module.run(argparse.Namespace(words=words[words.index("manage") + 1 :])))
    args = top.parse_args(words)
    return int(args.run(args))


if __name__ == "__main__":
    sys.exit(main())
