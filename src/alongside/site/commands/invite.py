"""`alongside invite`: a way in for somebody who lost theirs, from the machine itself."""

import argparse
import sys

from alongside.site.commands import _folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whom, and where the data are."""
    _folder.add_data(parser)
    parser.add_argument("email", help="the e-mail address that this person signs in with")


def run(args: argparse.Namespace) -> int:
    """Print an address; the old password and the second thing open nothing any more."""
    _folder.use(args.data)
    _folder.start_django()
    from django.conf import settings
    from django.urls import reverse

    from alongside.clinics.clock import now
    from alongside.office.actions.way_back import way_back_in

    token = way_back_in(args.email, now=now())
    if token is None:
        print("Nobody who works here signs in with this address.", file=sys.stderr)
        return 1
    print("Good for seven days, and once. The old password opens nothing any more:")
    print(f"{settings.PUBLIC_URL}{reverse('office:invitation', args=[token])}")
    return 0
