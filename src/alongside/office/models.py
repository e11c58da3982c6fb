"""Signing in: who is in, who tried, and the addresses that let a member of staff in once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.clinics.scoped import Keyed, OfClinic


class Knock(Keyed):
    """A try at the door by somebody we do not know yet. What they typed is kept as a digest."""

    who = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["who", "at"])]


class SignedIn(Keyed):
    """An open session of a person, so that all of them can be ended at once."""

    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, unique=True)
    clinic = models.ForeignKey(
        "clinics.Clinic", on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    began_at = models.DateTimeField()
    # How this person showed who they are, on what, and from about where: for their own eyes.
    how = models.CharField(max_length=16, blank=True)
    device = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=45, blank=True)

    class Meta:
        ordering = ["-began_at"]


class StaffLink(OfClinic):
    """An address that lets one member of staff in. The secret is hashed."""

    INVITE, ENTER = "invite", "enter"
    PURPOSES = [(INVITE, _("choose a password")), (ENTER, _("take a seat in the demo"))]

    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=8, choices=PURPOSES)
    staff = models.ForeignKey("people.Staff", on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
