"""Give a member of staff an address that lets them in, and take it back."""

from datetime import datetime, timedelta

from django.db import transaction

from alongside.access.tokens import digest_of, new_token
from alongside.audit.actions.record import record
from alongside.clinics.current import working_in
from alongside.office.models import StaffLink
from alongside.people.actors import Actor
from alongside.people.models import Staff, User

INVITE_LASTS = timedelta(days=7)


@transaction.atomic
def invite(staff: Staff, *, by: Actor, now: datetime) -> str:
    """Make the address by which somebody chooses a password; an older one stops working."""
    _end(staff, StaffLink.INVITE, now)
    record("people.invite", by=by, now=now, about=str(staff.pk))
    return _give(staff, StaffLink.INVITE, now, INVITE_LASTS)


def seat_link(staff: Staff, *, now: datetime, lasts: timedelta) -> str:
    """Make the address by which anybody takes this seat: for the demo's cast and nobody else.

    It works as often as it is opened, until it expires; its page answers only in the demo.
    """
    return _give(staff, StaffLink.ENTER, now, lasts)


def end_staff_links(staff: Staff, *, now: datetime) -> None:
    """Close every address that lets this member of staff in."""
    StaffLink.objects.filter(staff=staff, ended_at=None).update(ended_at=now)


class WrongPassword(Exception):
    """This person has a password here already, and it is another one."""


@transaction.atomic
def accept_invitation(link: StaffLink, password: str, *, now: datetime) -> User:
    """Choose one's password, once. Who signs in here already proves it, and keeps theirs.

    Otherwise any clinic could invite a stranger's address and so take over their other work.
    """
    user = User.objects.select_for_update().get(pk=link.staff.user_id)
    if user.has_usable_password():
        if not user.check_password(password):
            raise WrongPassword
    else:
        user.set_password(password)
        user.save(update_fields=["password"])
    link.staff.user = user
    with working_in(link.clinic_id):
        _end(link.staff, StaffLink.INVITE, now)
    return user


def _end(staff: Staff, purpose: str, now: datetime) -> None:
    StaffLink.objects.filter(staff=staff, purpose=purpose, ended_at=None).update(ended_at=now)


def _give(staff: Staff, purpose: str, now: datetime, lasts: timedelta) -> str:
    token = new_token()
    StaffLink.objects.create(
        digest=digest_of(token),
        purpose=purpose,
        staff=staff,
        made_at=now,
        expires_at=now + lasts,
    )
    return token
