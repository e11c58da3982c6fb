"""The PIN by which somebody opens the screen that they locked; passkeys to one's own page."""

from django.db import models

from alongside.clinics.scoped import Keyed, OfClinic


class Pin(OfClinic):
    """Six digits of a member of staff, hashed. It opens a session that is there; it makes none."""

    staff = models.OneToOneField("people.Staff", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=128)
    made_at = models.DateTimeField()


class OwnPasskey(Keyed):
    """A passkey by which somebody comes in to their own page, in the place of a letter.

    Whoever made it had proven an address by a letter. It opens the pages that this address opened
    then, as long as the address still does: whoever gets the address later owes it nothing.
    """

    email = models.EmailField(db_index=True)
    # Of the credential's own id, by which a device names it.
    digest = models.CharField(max_length=64, unique=True)
    # What the device calls the person by: drawn by lot, the same for all of one address.
    handle = models.CharField(max_length=64)
    name = models.CharField(max_length=40)
    # As the device made it: what anybody may know. What opens stays on the device.
    credential = models.JSONField()
    # The keys of these pages: of clients, and of those close to one.
    pages = models.JSONField(default=list)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["added_at", "id"]
