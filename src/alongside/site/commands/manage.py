"""`alongside manage ...`: Django's own commands, for developers."""

import argparse
import os


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Django takes everything that follows."""


def run(args: argparse.Namespace) -> int:
    """Hand the words over to Django."""
    from django.core.management import execute_from_command_line

    from alongside.site.doctor.known import make_known

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")
    make_known()
    execute_from_command_line(["alongside manage", *args.words])
    return 0
