"""Who saw and did what: rows are added, never changed, and each is chained to the one before."""

from django.db import models

from alongside.clinics.scoped import OfClinic


class Entry(OfClinic):
    """One reading or writing of a person's data."""

    # Every row has one more index to keep: that of its number begins with the clinic already.
    clinic = models.ForeignKey(
        "clinics.Clinic",
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        db_index=False,
    )
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=12)
    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=120)
    verb = models.CharField(max_length=60)
    is_read = models.BooleanField()
    # No foreign key: what was seen stays on record when the row it was about is erased.
    client_key = models.UUIDField(null=True)
    about = models.CharField(max_length=80, blank=True)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        indexes = [
            # Everything about one client, the newest first: millions of rows are of others.
            models.Index(fields=["clinic", "client_key", "number"], name="audit_about_client"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["clinic", "number"], name="audit_numbered_once")
        ]


class Head(OfClinic):
    """Where a clinic's chain ends; locked while a row is added."""

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clinic"], name="one_chain_a_clinic")]
