"""`alongside web`: the pages alone, in several processes. `alongside live` serves the streams."""

import argparse
import os
import sys

from alongside.site.commands import _folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the data are, where to answer, and with how many."""
    _folder.add_data(parser)
    parser.add_argument("--host", default="127.0.0.1", help="address to answer on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to answer on (8000)")
    parser.add_argument("--workers", type=int, default=2, help="processes (2)")
    parser.add_argument("--threads", type=int, default=4, help="threads of each process (4)")


def run(args: argparse.Namespace) -> int:
    """Become gunicorn; the clock's errands are left to `alongside tick`."""
    _folder.use(args.data)
    os.environ.setdefault("ALONGSIDE_ERRANDS", "false")
    _folder.lay_out()
    refused = _folder.refuse()
    if not refused:
        os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *options(args)])
    return refused


def options(args: argparse.Namespace) -> list[str]:
    """Return what gunicorn is told."""
    return [
        "alongside.site.wsgi:application",
        f"--bind={args.host}:{args.port}",
        f"--workers={args.workers}",
        f"--threads={args.threads}",
        "--worker-class=gthread",
        "--max-requests=20000",
        "--max-requests-jitter=2000",
        "--timeout=30",
    ]
