"""`alongside person ...`: a copy of one person's data, erasing it, and erasing again."""

import argparse
import sys
from pathlib import Path
from uuid import UUID

from alongside.site.commands import _folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with whom."""
    _folder.add_data(parser)
    what = parser.add_subparsers(dest="what", required=True)
    copy = what.add_parser("export", help="write everything about one person into a zip file")
    copy.add_argument("key", type=UUID, help="the person's key: the last part of their address")
    copy.add_argument("file", type=Path, help="the zip file to write")
    erase = what.add_parser("erase", help="erase everything that tells something about one person")
    erase.add_argument("key", type=UUID, help="the person's key: the last part of their address")
    erase.add_argument("--why", choices=("asked", "over", "mistake"), required=True)
    what.add_parser("scrub", help="take the last traces of erasures out of the database's files")
    again = what.add_parser("reapply-erasures", help="erase again whom an older copy still knows")
    again.add_argument("list", type=Path, nargs="?", help="the list (erasures.jsonl of the data)")


def run(args: argparse.Namespace) -> int:
    """Do it; 1 with a sentence on stderr when it cannot be."""
    _folder.use(args.data)
    _folder.start_django()
    return {"export": _export, "erase": _erase, "scrub": _scrub, "reapply-erasures": _again}[
        args.what
    ](args)


def _export(args: argparse.Namespace) -> int:
    from alongside.clinics import clock
    from alongside.clinics.current import working_in
    from alongside.office.actions.take_copy import take_copy
    from alongside.people.actors import the_clock

    client = _person(args.key)
    if client is None:
        return _nobody()
    with working_in(client.clinic_id):
        packed = take_copy(client, by=the_clock(client.clinic_id), now=clock.now())
    args.file.touch(mode=0o600)
    args.file.write_bytes(packed)
    print(f"{args.file} holds everything about this person. Hand it over by a safe way.")
    return 0


def _erase(args: argparse.Namespace) -> int:
    from alongside.clinics import clock
    from alongside.clinics.current import working_in
    from alongside.office.actions.erase import StillExpected, erase_and_scrub
    from alongside.people.actors import the_clock

    client = _person(args.key)
    if client is None:
        return _nobody()
    by, now = the_clock(client.clinic_id), clock.now()
    try:
        with working_in(client.clinic_id):
            erased, is_clean = erase_and_scrub(client, why=args.why, by=by, now=now)
    except StillExpected:
        print("They have a visit to come. End it or cancel it first.", file=sys.stderr)
        return 1
    print(f"Erased: {erased.gone} rows are gone, {erased.kept} stay without this person.")
    return _said(is_clean)


def _scrub(args: argparse.Namespace) -> int:
    from alongside.clinics import clock
    from alongside.office.actions.scrub import scrub

    return _said(scrub(now=clock.now()))


def _said(is_clean: bool) -> int:
    if is_clean:
        print("No trace of it is left in the database's files. Older backups still hold it.")
        return 0
    print("The last traces could not go now; run `alongside person scrub` again.", file=sys.stderr)
    return 1


def _again(args: argparse.Namespace) -> int:
    from alongside.clinics import clock
    from alongside.office.actions.erase import erase_again
    from alongside.office.actions.erasures import place, read

    count = erase_again(read(args.list or place()), now=clock.now())
    print(f"Erased again: {count}.")
    return 0


def _person(key: UUID):  # type: ignore[no-untyped-def]
    from alongside.clinics.current import across_clinics
    from alongside.people.models import Client

    with across_clinics("a command names a person by their key, whichever clinic they are of"):
        return Client.objects.select_related("clinic").filter(pk=key, erased_at=None).first()


def _nobody() -> int:
    print("Nobody here has this key.", file=sys.stderr)
    return 1
