"""Rows that belong to a clinic, and a manager that raises outside one."""

from typing import Any, TypeVar

import uuid_utils.compat
from django.db import models

from alongside.clinics import current

_M = TypeVar("_M", bound=models.Model)


def new_key() -> Any:
    """Make a UUIDv7: ordered by time, never shown to a person outside (it reveals its birth)."""
    return uuid_utils.compat.uuid7()


class ClinicQuerySet(models.QuerySet[_M]):
    """A query that has already been narrowed to one clinic."""


class ClinicManager(models.Manager[_M]):
    """Narrow every query to the current clinic; raise NoClinic where there is none."""

    def get_queryset(self) -> models.QuerySet[_M]:
        """Give this clinic's rows, and never another's."""
        rows = super().get_queryset()
        if current.reading_across():
            return rows
        return rows.filter(clinic_id=current.clinic_id())


class Keyed(models.Model):
    """A row with a UUIDv7 key."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)

    class Meta:
        abstract = True


class OfClinic(Keyed):
    """A row that belongs to one clinic; the clinic is set from where the code works."""

    clinic = models.ForeignKey(
        "clinics.Clinic", on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = ClinicManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the row in the clinic it was made in; refuse to move or touch another's."""
        if getattr(self, "clinic_id", None) is None:
            self.clinic_id = current.clinic_id()
        elif self.clinic_id != current.clinic_id():
            raise current.NoClinic("This row belongs to another clinic.")
        super().save(*args, **kwargs)
