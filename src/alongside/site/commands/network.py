"""`alongside network`: who looks after a whole network, said from the machine itself."""

import argparse
import sys

from alongside.site.commands import _folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, with whom, and for which network."""
    _folder.add_data(parser)
    parser.add_argument("what", choices=["add", "end"], help="let somebody, or no longer")
    parser.add_argument("email", help="the e-mail address that this person signs in with")
    parser.add_argument("--name", default="", help="what this person is called")
    parser.add_argument("--network", default="", help="which network, where there are several")


def run(args: argparse.Namespace) -> int:
    """Appoint somebody and print their address, or end it."""
    _folder.use(args.data)
    _folder.start_django()
    from django.conf import settings
    from django.urls import reverse

    from alongside.clinics.clock import now
    from alongside.clinics.models import Network
    from alongside.network.actions.admins import NoSuchAdmin, appoint, dismiss

    named = Network.objects.order_by("name")
    networks = list(named.filter(name=args.network) if args.network else named)
    if len(networks) != 1:
        names = ", ".join(one.name for one in named) or "none yet: set up a clinic first"
        print(f"Say which network with --network: {names}.", file=sys.stderr)
        return 1
    if args.what == "end":
        try:
            dismiss(networks[0], args.email, now=now())
        except NoSuchAdmin:
            print("Nobody with this address looks after this network.", file=sys.stderr)
            return 1
        print("Ended, with every session of theirs there.")
        return 0
    name = args.name or args.email.partition("@")[0]
    token = appoint(networks[0], args.email, name=name, now=now())
    print("Good for seven days, and once:")
    print(f"{settings.PUBLIC_URL}{reverse('office:invitation', args=[token])}")
    return 0
