"""What lets somebody in without a password, and what was already answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.clinics.scoped import OfClinic


class Purpose(models.TextChoices):
    """What a link may be used for; it opens nothing else."""

    VISIT = "visit", _("one visit")
    SIGN_IN = "sign_in", _("coming in to one’s own page")


class Link(OfClinic):
    """An address that opens one thing for one person, until it expires. The secret is hashed."""

    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    subject = models.UUIDField()
    client = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="+")
    # Given to somebody close to the client: it ends with what they were given.
    close_one = models.ForeignKey(
        "people.CloseOne", on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    # To come in: the address whose post its holder can read. It proves no more than that.
    email = models.EmailField(blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)


class Device(OfClinic):
    """A kiosk or a wall screen: it may do its one job in its one clinic."""

    KINDS = [("kiosk", _("Check-in kiosk")), ("screen", _("Waiting-room screen"))]
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=8, choices=KINDS)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "name"]


class Glass(OfClinic):
    """Somebody of the network looks into this clinic, for a reason, for an hour at most."""

    # Their row stands in the office of the network, in another clinic than this.
    who = models.UUIDField()
    who_label = models.CharField(max_length=120)
    reason = models.TextField()
    began_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-began_at"]
        indexes = [models.Index(fields=["clinic", "-began_at"])]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="no_glass_without_a_reason",
            ),
        ]


class Once(OfClinic):
    """The first answer to an action that a phone or kiosk may send twice."""

    key = models.CharField(max_length=80)
    verb = models.CharField(max_length=60)
    answer = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clinic", "key", "verb"], name="answered_once")
        ]


class Attempt(OfClinic):
    """A try at finding a visit at the door, counted so that nobody can guess their way in."""

    who = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["clinic", "who", "at"])]
