"""Where somebody works."""

from uuid import UUID

from alongside.clinics.current import across_clinics
from alongside.people.models import Staff, User


def works_of(user: User) -> list[Staff]:
    """Give everything that a person works as, one row for each clinic, by the clinic's name."""
    with across_clinics("a person may work in more than one clinic"):
        return list(
            Staff.objects.select_related("clinic", "user")
            .filter(user=user, is_active=True, user__is_active=True)
            .order_by("clinic__name", "clinic_id")
        )


def works_elsewhere(staff: Staff) -> bool:
    """Tell whether this person works, or worked, in another clinic as well."""
    with across_clinics("a person may work in more than one clinic"):
        return Staff.objects.filter(user=staff.user_id).exclude(clinic=staff.clinic_id).exists()


def works_in(user: User, clinic: UUID) -> Staff | None:
    """Give what a person works as in one clinic, if they do."""
    return next((one for one in works_of(user) if one.clinic_id == clinic), None)


def everybody() -> list[Staff]:
    """Give everybody who works or worked here, those who do first."""
    return list(Staff.objects.select_related("user").order_by("-is_active", "name"))
