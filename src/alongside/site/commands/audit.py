"""`alongside audit verify|anchor`: is the record of who saw and did what as it was written?"""

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from alongside.site.commands import _folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, with which clinic, against which anchors."""
    parser.add_argument("what", choices=["verify", "anchor"], help="check every row, or write down "
                        "where the record ends")  # fmt: skip
    _folder.add_data(parser)
    parser.add_argument("--clinic", metavar="NAME", help="only this one, by name or key")
    parser.add_argument("--anchor", type=Path, action="append", default=[], metavar="FILE",
                        help="verify: where the record ended once, as `audit anchor` or a backup "
                        "wrote it; may be said again")  # fmt: skip
    parser.add_argument("--to", type=Path, metavar="FILE", help="anchor: write it there, else to "
                        "standard output")  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """0 when every row is as it was written, 1 when one is not, 2 when nothing could be checked."""
    _folder.look_at(args.data)
    _folder.start_django()
    return _anchor(args) if args.what == "anchor" else _verify(args)


def _anchor(args: argparse.Namespace) -> int:
    from alongside.audit.anchors import ends, text_of

    text = text_of(ends(), now=datetime.now(UTC))
    if args.to:
        args.to.write_text(text)
    else:
        print(text, end="")
    return 0


def _verify(args: argparse.Namespace) -> int:
    from alongside.audit.anchors import NotAnAnchor, read
    from alongside.audit.verify import verify_clinic

    clinics = _clinics(args.clinic)
    try:
        known = read(args.anchor)
    except NotAnAnchor as fault:
        print(fault, file=sys.stderr)
        return 2
    if not clinics:
        print(f"There is no clinic {args.clinic}." if args.clinic else "There is no clinic yet.",
              file=sys.stderr)  # fmt: skip
        return 2
    bad = 0
    for key, name in clinics.items():
        began = time.monotonic()
        verdict = verify_clinic(key, known=known.pop(key, []))
        took = time.monotonic() - began
        bad += verdict.first_bad is not None
        found = (
            f"row {verdict.first_bad} is bad: {verdict.why}"
            if verdict.first_bad
            else f"{verdict.rows} rows, all as they were written ({took:.1f} s)"
        )
        print(f"{name}: {found}.")
    if known and not args.clinic:
        print(f"{len(known)} clinics of the anchor are not here at all.")
        bad += 1
    if not args.anchor and not bad:
        print("Whether the end was cut off shows only by an anchor kept elsewhere (--anchor FILE).")
    return 1 if bad else 0


def _clinics(asked: str | None) -> dict[UUID, str]:
    from alongside.clinics.models import Clinic

    names = dict(Clinic.objects.order_by("name").values_list("pk", "name"))
    return {
        key: name for key, name in names.items() if not asked or asked in (name, str(key), key.hex)
    }
