"""Every command of `alongside`, and what it takes."""

import argparse
from collections.abc import Iterator
from importlib import import_module

from alongside.site.cli import COMMANDS

from .page import code, page, table


def write() -> str:
    """Return the page."""
    blocks = [block for name in COMMANDS for block in _command(name)]
    return page(
        "Commands", "`alongside COMMAND`; `alongside COMMAND --help` says the same.", *blocks
    )


def _command(name: str) -> Iterator[str]:
    # `argparse` lays its help out differently from one Python to the next: the table is our own.
    parser = argparse.ArgumentParser(add_help=False)
    import_module(f"alongside.site.commands.{name}").add_arguments(parser)
    yield f"## alongside {name}"
    yield f"{COMMANDS[name][0].upper()}{COMMANDS[name][1:]}."
    yield table(["option", "what it is"], (_option(action) for action in parser._actions))


def _option(action: argparse.Action) -> tuple[str, str]:
    words = ", ".join(code(word) for word in action.option_strings)
    choices = f" ({', '.join(str(choice) for choice in action.choices)})" if action.choices else ""
    name = words or code(action.metavar or action.dest)
    return name, f"{(action.help or '').replace('%%', '%')}{choices}"
