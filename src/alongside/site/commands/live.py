"""`alongside live`: the live streams alone, beside `alongside web`."""

import argparse
import os

from alongside.site.commands import _folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the data are, and where to answer."""
    _folder.add_data(parser)
    parser.add_argument("--host", default="127.0.0.1", help="address to answer on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8001, help="port to answer on (8001)")


def run(args: argparse.Namespace) -> int:
    """Answer `/live/` until stopped; the proxy sends nothing else here."""
    _folder.use(args.data)
    os.environ.setdefault("ALONGSIDE_ERRANDS", "false")
    _folder.start_django()
    if _folder.refuse():
        return 1
    from alongside.site import asgi, server

    return server.answer(args.host, args.port, shell=asgi.live_application)
