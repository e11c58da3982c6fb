"""What no server starts with."""

from django.conf import settings
from django.db import DatabaseError

from alongside.demo.cast import HOST
from alongside.people.models import User

DEMO_PEOPLE = (
    "The people of the demo are in this database: anybody who knows the demo could sit in their "
    "seat. The demo has a folder of its own (alongside demo); begin a clinic in a new one."
)
DEBUG_WITH_PEOPLE = (
    "ALONGSIDE_DEBUG is on and there are real people in this database: an error would show their "
    "data to whoever causes it. Take ALONGSIDE_DEBUG away."
)


def has_demo_people() -> bool:
    """Tell whether somebody of the demo's cast could sign in here."""
    return User.objects.filter(email__endswith=f"@{HOST}").exists()


def has_real_people() -> bool:
    """Tell whether somebody else than the demo's cast could."""
    return User.objects.exclude(email__endswith=f"@{HOST}").exists()


def why_not() -> str:
    """Say why no server may start on this database; nothing when one may."""
    if settings.DEMO:
        return ""
    try:
        if has_demo_people():
            return DEMO_PEOPLE
        if settings.DEBUG and has_real_people():
            return DEBUG_WITH_PEOPLE
    except DatabaseError:
        # No tables yet, or no database: others say that.
        return ""
    return ""
