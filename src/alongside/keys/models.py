"""The PIN by which somebody opens the screen that they locked."""

from django.db import models

from alongside.clinics.scoped import OfClinic


class Pin(OfClinic):
    """Six digits of a member of staff, hashed. It opens a session that is there; it makes none."""

    staff = models.OneToOneField("people.Staff", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=128)
    made_at = models.DateTimeField()
