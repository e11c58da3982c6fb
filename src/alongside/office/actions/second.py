"""Show the second thing: few tries, counted before anything is compared."""

from datetime import datetime

from alongside.access import presence
from alongside.access.address import household
from alongside.keys.actions.code_app import shows_code
from alongside.keys.actions.recovery import shows_recovery
from alongside.office.actions.knock import forgive, knock
from alongside.people.models import User

# Six digits, three of which count at any time: five tries in ten minutes, or one a day in years.
MOST = 5


def shows_second(user: User, code: str, *, address: str, now: datetime) -> str:
    """Check a code of the app, or a recovery code; give which it was, or nothing.

    Raises TooManyTries before anything is compared.
    """
    tries = knock(f"second:{user.pk}", now=now, most=MOST)
    tries += knock(f"address:{household(address)}", now=now)
    if shows_code(user, code, now=now):
        shown = presence.CODE
    elif shows_recovery(user, code, now=now):
        shown = presence.RECOVERY
    else:
        return ""
    forgive(tries)
    return shown
