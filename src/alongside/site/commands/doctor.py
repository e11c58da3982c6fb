"""`alongside doctor`: look at an installation, and say in plain words what is wrong with it."""

import argparse
import json
from datetime import UTC, datetime

from alongside.site.commands import _folder

WRONG, DOUBTFUL = 40, 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which installation, and for whom."""
    _folder.add_data(parser)
    parser.add_argument("--json", action="store_true", help="for a machine that watches")


def run(args: argparse.Namespace) -> int:
    """0 when all is well, 1 when something is doubtful, 2 when something is wrong."""
    _folder.look_at(args.data)
    _folder.start_django()
    from alongside.site.doctor.known import make_known
    from alongside.site.doctor.look import everything

    make_known()
    found = everything(datetime.now(UTC))
    wrong = sum(one.level >= WRONG for one in found)
    doubtful = sum(DOUBTFUL <= one.level < WRONG for one in found)
    if args.json:
        rows = [
            {"id": one.id, "wrong": one.level >= WRONG, "says": one.msg, "do": one.hint or ""}
            for one in found
        ]
        print(json.dumps({"wrong": wrong, "doubtful": doubtful, "found": rows}, indent=1))
    else:
        for one in found:
            print(f"{'WRONG' if one.level >= WRONG else 'Doubtful'}: {one.msg} [{one.id}]")
            if one.hint:
                print(f"    {one.hint}")
        print(f"{wrong} wrong, {doubtful} doubtful." if found else "All is well.")
    return 2 if wrong else 1 if doubtful else 0
