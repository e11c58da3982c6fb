"""`alongside migrate`: bring the database up to this release."""

import argparse

from alongside.site.commands import _folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the data are."""
    _folder.add_data(parser)


def run(args: argparse.Namespace) -> int:
    """Apply what is missing. Safe to run again."""
    _folder.use(args.data)
    _folder.migrate()
    print("The database is up to this release.")
    return 0
