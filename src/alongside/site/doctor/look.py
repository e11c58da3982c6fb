"""Everything that is looked at, ours and Django's, in one list."""

from collections.abc import Iterable
from datetime import datetime

from django.core.checks import CheckMessage, run_checks

from alongside.site.doctor.of_data import of_data
from alongside.site.doctor.of_database import of_database

# Django's own that are answered elsewhere, and where.
ANSWERED = {
    "security.W004": "alongside.W004 says it, and from when on",
    "security.W005": "subdomains belong to others than the clinic's people",
    "security.W008": "the proxy in front sends people on to HTTPS (docs/how-to/systemd.md)",
    "security.W009": "alongside.E014",
    "security.W012": "alongside.E003 and E005",
    "security.W016": "alongside.E003 and E005",
    "security.W018": "alongside.E023, where it matters",
    "security.W021": "a list of browsers that no clinic need be on",
}


def everything(now: datetime) -> list[CheckMessage]:
    """Look at everything; needs the product to be loaded, and `known.make_known` before."""
    found: Iterable[CheckMessage] = [
        *run_checks(include_deployment_checks=True),
        *of_database(now),
        *of_data(now),
    ]
    return sorted(
        (one for one in found if one.id not in ANSWERED),
        key=lambda one: (-one.level, one.id or ""),
    )
