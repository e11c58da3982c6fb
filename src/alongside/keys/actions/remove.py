"""Take a second thing away."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from alongside.keys.queries import SECOND
from alongside.people.models import User


class TheLast(Exception):
    """Without this one nothing would be left to show, and this person must have something."""


@transaction.atomic
def remove(user: User, which: int, *, must_keep_one: bool) -> bool:
    """Take one of a person's own away; nobody else's is found. False where there is none."""
    theirs = Authenticator.objects.select_for_update().filter(user=user, type__in=SECOND)
    rows = {one.pk: one for one in theirs}
    if which not in rows:
        return False
    if len(rows) == 1:
        if must_keep_one:
            raise TheLast
        # Recovery codes replace something; now there is nothing to replace.
        remove_all(user)
    else:
        rows[which].delete()
    return True


def remove_all(user: User) -> int:
    """Take everything away that a person could show; say how many there were."""
    return int(Authenticator.objects.filter(user=user).delete()[0])
