"""`alongside web`: the pages alone, in several processes. `alongside live` serves the streams."""

import argparse
import os

from alongside.site.commands import _folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the data are, where to answer, and with how many."""
    _folder.add_data(parser)
    parser.add_argument("--host", default="127.0.0.1", help="address to answer on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to answer on (8000)")
    parser.add_argument("--workers", type=int, default=2, help="processes (2)")
    parser.add_argument("--threads", type=int, default=4, help="threads of each process (4)")


def run(args: argparse.Namespace) -> int:
    """Answer pages until stopped; the clock's errands are left to `alongside tick`."""
    _folder.use(args.data)
    os.environ.setdefault("ALONGSIDE_ERRANDS", "false")
    os.environ.setdefault("ALONGSIDE_WEB_THREADS", str(args.threads))
    _folder.lay_out()
    if _folder.refuse():
        return 1
    from functools import partial

    from django.db import connections

    from alongside.site import asgi, processes, server

    # Before the family divides: no two of them may speak over one connection.
    connections.close_all()
    return processes.answer_together(
        args.host,
        args.port,
        processes=args.workers,
        answer=partial(server.answer, shell=asgi.pages_application),
    )
