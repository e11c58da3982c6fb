"""`alongside serve --data DIR`: the whole product in one process, on one port."""

import argparse
import os
from pathlib import Path

from alongside.site.commands import _folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the data are, and where to answer."""
    _folder.add_data(parser)
    parser.add_argument("--host", default="127.0.0.1", help="address to answer on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to answer on (8000)")


def run(args: argparse.Namespace) -> int:
    """Prepare the folder, bring the database up to this release, and answer until stopped."""
    folder: Path = args.data
    _folder.use(folder)
    # The address in every link and code, unless the person says how the world reaches us.
    os.environ.setdefault("ALONGSIDE_PUBLIC_URL", f"http://localhost:{args.port}")
    _folder.lay_out()
    _folder.migrate()
    print(f"Alongside answers on http://{args.host}:{args.port}/ with the data in {folder}")
    _say_how_to_set_up()
    from alongside.site.server import answer

    return answer(args.host, args.port)


def _say_how_to_set_up() -> None:
    """On the first run, print the address that only whoever started this can know."""
    from django.conf import settings

    from alongside.office.actions.setup_code import offer_code

    code = offer_code()
    if code:
        print(f"Set up your clinic: {settings.PUBLIC_URL}/set-up/?code={code}", flush=True)
