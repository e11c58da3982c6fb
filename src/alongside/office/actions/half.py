"""Half-way in: the password was right, and the second thing is still to be shown.

Somebody half-way in is nobody: the table lets them open what is open to anybody, and the pages of
the second step ask here whose step it is.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest

from alongside.office.actions.sessions import forget_session
from alongside.office.queries.works import works_of
from alongside.people.models import Staff, User

KEY = "half"
LASTS = timedelta(minutes=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """Who is half-way in, how they came, and where they want to go."""

    user: User
    works: tuple[Staff, ...]
    how: str
    after: str


def begin(
    request: HttpRequest, user: User, *, how: str, after: str, now: datetime, clinic: object = None
) -> None:
    """Remember in a session of its own who is half-way in; nothing of an older one survives.

    `clinic`: the key of the clinic that the invitation came from.
    """
    if request.session.session_key:
        forget_session(request.session.session_key)
    request.session.flush()
    request.session[KEY] = {
        "user": user.pk.hex,
        "mark": user.get_session_auth_hash(),
        "until": (now + LASTS).timestamp(),
        "how": how,
        "after": after,
        "clinic": str(clinic or ""),
    }


def half_of(request: HttpRequest, *, now: datetime) -> Half | None:
    """Give who is half-way in; nobody after a while, or once their password is another."""
    kept = request.session.get(KEY)
    if not kept or not 0 < kept["until"] - now.timestamp() <= LASTS.total_seconds():
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True).first()
    if user is None or user.get_session_auth_hash() != kept["mark"]:
        return None
    works = sorted(works_of(user), key=lambda one: str(one.clinic_id) != kept["clinic"])
    if not works:
        return None
    return Half(user=user, works=tuple(works), how=kept["how"], after=kept["after"])
