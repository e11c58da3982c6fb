"""Bring a colleague in, change what they do, and see them off."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.audit.actions.record import record
from alongside.keys.actions.pin import remove_pin
from alongside.office.actions.credentials import end_credentials
from alongside.office.actions.sessions import end_sessions
from alongside.office.actions.staff_links import end_staff_links, invite
from alongside.office.queries.works import works_elsewhere, works_of
from alongside.people.actions.add_user import add_user
from alongside.people.actors import Actor
from alongside.people.models import Role, Staff, User


class WorksHereAlready(Exception):
    """Somebody with this address works, or worked, in this clinic."""


class LastManager(Exception):
    """Without this person nobody could change the settings any more."""


@transaction.atomic
def add_staff(
    *, name: str, email: str, role: str, by: Actor, now: datetime, **more: Any
) -> tuple[Staff, str]:
    """Add a colleague, and give the secret of the address by which they choose a password."""
    staff = join(name=name, email=email, role=role, **more)
    record("people.add_staff", by=by, now=now, about=str(staff.pk), detail={"role": role})
    return staff, invite(staff, by=by, now=now)


def join(*, name: str, email: str, role: str, **more: Any) -> Staff:
    """Make somebody a member of staff of this clinic; a person known by this address stays one."""
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        user = add_user(email, name=name)
    elif Staff.objects.filter(user=user).exists():
        raise WorksHereAlready
    short = more.pop("short_name", "") or name.split()[0]
    return Staff.objects.create(user=user, role=role, name=name, short_name=short, **more)


@transaction.atomic
def change_staff(staff: Staff, values: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    """Change a colleague's name, role or what new clients read about them."""
    values = dict(values)
    kinds = values.pop("kinds", None)
    if staff.role == Role.MANAGER and values.get("role", staff.role) != Role.MANAGER:
        _somebody_else_must_lead(staff)
    changed = [name for name, value in values.items() if getattr(staff, name) != value]
    for name in changed:
        setattr(staff, name, values[name])
    if changed:
        staff.save(update_fields=changed)
    if "role" in changed:
        # What a session may do is what its role may: whoever gets another signs in anew.
        end_sessions(staff.user, clinic=staff.clinic_id)
    if kinds is not None:
        staff.kinds.set(kinds)
    record(
        "people.change_staff",
        by=by,
        now=now,
        about=str(staff.pk),
        detail={"fields": sorted(changed)},
    )


@transaction.atomic
def deactivate(staff: Staff, *, by: Actor, now: datetime) -> None:
    """End everything by which somebody gets in here: sessions, links, feed. At once, all of it."""
    if staff.role == Role.MANAGER:
        _somebody_else_must_lead(staff)
    staff.is_active = False
    # The secret of the calendar feed is a way in as well.
    staff.feed_digest = ""
    staff.save(update_fields=["is_active", "feed_digest"])
    end_staff_links(staff, now=now)
    remove_pin(staff)
    end_sessions(staff.user, clinic=staff.clinic_id)
    if not works_of(staff.user):
        # Nowhere else is any of it needed; whoever comes back begins with a new invitation.
        end_credentials(staff.user)
    record("people.deactivate_staff", by=by, now=now, about=str(staff.pk))


@transaction.atomic
def welcome_back(staff: Staff, *, by: Actor, now: datetime) -> str:
    """Let a former colleague work here again, by a new invitation."""
    staff.is_active = True
    staff.save(update_fields=["is_active"])
    record("people.welcome_back", by=by, now=now, about=str(staff.pk))
    return invite(staff, by=by, now=now)


@transaction.atomic
def invite_again(staff: Staff, *, by: Actor, now: datetime) -> str:
    """Give a colleague who forgot their password, or lost their address, a new way in.

    A password that opens another clinic as well is not ours to take away.
    """
    if not works_elsewhere(staff):
        staff.user.set_unusable_password()
        staff.user.save(update_fields=["password"])
        end_sessions(staff.user)
    return invite(staff, by=by, now=now)


def _somebody_else_must_lead(staff: Staff) -> None:
    # Locks the managers: two of them taking each other's role away leave one.
    managers = Staff.objects.select_for_update().filter(role=Role.MANAGER, is_active=True)
    if not any(one.pk != staff.pk for one in managers):
        raise LastManager
