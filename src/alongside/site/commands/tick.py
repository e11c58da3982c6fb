"""`alongside tick`: the clock's errands, for an installation of several processes."""

import argparse

from alongside.site.commands import _folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the data are, and whether to go on."""
    _folder.add_data(parser)
    parser.add_argument(
        "--every", type=float, metavar="SECONDS", help="go on, with so many seconds between"
    )


def run(args: argparse.Namespace) -> int:
    """Do what is due now; with --every, until stopped."""
    _folder.use(args.data)
    _folder.start_django()
    if _folder.refuse():
        return 1
    from alongside.site.errands import run_for_ever, run_once

    if args.every:
        run_for_ever(every=args.every)
    else:
        run_once()
    return 0
