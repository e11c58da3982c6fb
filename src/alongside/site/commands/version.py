"""`alongside version`."""

import argparse

from alongside import __version__


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""


def run(args: argparse.Namespace) -> int:
    """Print the version."""
    print(__version__)
    return 0
