"""`alongside demo`: a living clinic day, in a folder of its own."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to answer, and how fast the clinic's day goes by."""
    parser.add_argument("--port", type=int, default=8000, help="port to answer on (8000)")
    parser.add_argument(
        "--speed", type=float, default=10.0, help="minutes of the clinic's day per minute (10)"
    )


def run(args: argparse.Namespace) -> int:
    """Hand over to the demo, which sets its own folder and clock."""
    from alongside.site.demo_run import run as open_demo

    return open_demo(port=args.port, speed=args.speed)
