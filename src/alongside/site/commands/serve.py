"""`alongside serve --data DIR`: the whole product on one port, in one process or a few."""

import argparse
import os
from pathlib import Path

from alongside.site.commands import _folder

MOST = 16


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the data are, and where to answer."""
    _folder.add_data(parser)
    parser.add_argument("--host", default="127.0.0.1", help="address to answer on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to answer on (8000)")
    parser.add_argument(
        "--processes",
        type=int,
        default=1,
        choices=range(1, MOST + 1),
        metavar=f"1..{MOST}",
        help="processes that share the port; as many as cores for a busy network (1)",
    )


def run(args: argparse.Namespace) -> int:
    """Prepare the folder, bring the database up to this release, and answer until stopped."""
    folder: Path = args.data
    _folder.use(folder)
    # The address in every link and code, unless the person says how the world reaches us.
    os.environ.setdefault("ALONGSIDE_PUBLIC_URL", f"http://localhost:{args.port}")
    _folder.lay_out()
    _folder.migrate()
    if _folder.refuse():
        return 1
    print(f"Alongside answers on http://{args.host}:{args.port}/ with the data in {folder}")
    _say_how_to_set_up()
    from alongside.site.server import answer

    if args.processes == 1:
        return answer(args.host, args.port)
    from django.db import connections

    from alongside.site.processes import answer_together

    # Before the family divides: no two of them may speak over one connection.
    connections.close_all()
    return answer_together(args.host, args.port, processes=args.processes, answer=answer)


def _say_how_to_set_up() -> None:
    """On the first run, print the address that only whoever started this can know."""
    from django.conf import settings

    from alongside.office.actions.setup_code import offer_code

    code = offer_code()
    if code:
        print(f"Set up your clinic: {settings.PUBLIC_URL}/set-up/?code={code}", flush=True)
