"""Questionnaires that are asked and filled, their scores, and who hears an alert."""

from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.clinics.scoped import ClinicManager, ClinicQuerySet, OfClinic


class Mode(models.TextChoices):
    """Who fills it in, and where; a change is read only between two of the same."""

    SELF = "self", _("by themselves, on their own page")
    STAFF = "staff", _("together with us")
    SCORE = "score", _("a score from elsewhere")


class FillingQuerySet(ClinicQuerySet["Filling"]):
    """Fillings, as people ask for them."""

    def open(self) -> Self:
        """Asked, and neither finished nor withdrawn."""
        return self.filter(finished_at=None, withdrawn_at=None)

    def done(self) -> Self:
        """Finished, the oldest first."""
        return self.filter(finished_at__isnull=False).order_by("finished_at", "id")


class FillingManager(ClinicManager["Filling"].from_queryset(FillingQuerySet)):  # type: ignore[misc]
    """This clinic's fillings."""


class Filling(OfClinic):
    """One measure, asked of one client once: every answer is saved as it is given."""

    client = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="+")
    measure = models.CharField(max_length=40)
    # Of the definition: a change is read only between two of the same.
    version = models.CharField(max_length=12, default="1")
    language = models.CharField(max_length=5, default="en")
    mode = models.CharField(max_length=6, choices=Mode.choices, default=Mode.SELF)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=120)
    due_on = models.DateField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.CharField(max_length=120, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # {item: answer}; None for one that somebody would rather not answer.
    answers = models.JSONField(default=dict, blank=True)
    # {item: when it was said, in seconds since 1970}. Of what two devices bring, the later word
    # counts, whichever arrives first.
    given = models.JSONField(default=dict, blank=True)
    value = models.FloatField(null=True, blank=True)
    shown = models.FloatField(null=True, blank=True)
    band = models.CharField(max_length=40, blank=True)
    answered = models.PositiveSmallIntegerField(default=0)
    of = models.PositiveSmallIntegerField(default=0)
    # parts, notes, why_none: as the rule gave them.
    said = models.JSONField(default=dict, blank=True)

    objects: ClassVar[FillingManager] = FillingManager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [
            models.Index(fields=["clinic", "client", "measure", "finished_at"]),
            models.Index(fields=["clinic", "finished_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "measure"],
                condition=Q(finished_at=None, withdrawn_at=None),
                name="one_open_filling_of_a_measure",
                violation_error_message=_("This is already being asked."),
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(withdrawn_at=None),
                name="finished_or_withdrawn",
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it can still be filled in."""
        return self.finished_at is None and self.withdrawn_at is None


class OwnText(OfClinic):
    """An instrument's text that this clinic loaded itself, and what it confirmed when it did.

    It belongs to whoever gave the licence: no other clinic sees it. A row is never changed, only
    ended, so that what was answered once can be read as it was asked. Of several the newest is
    asked; what was begun with an older one goes on with it.
    """

    measure = models.CharField(max_length=40)
    version = models.CharField(max_length=12)
    definition = models.JSONField()
    # Which licence or permission, from whom, of when: as whoever confirmed it wrote it down.
    licence = models.TextField(max_length=500)
    valid_until = models.DateField(null=True, blank=True)
    confirmed_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=120)
    # Of the file as it came.
    sha256 = models.CharField(max_length=64)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["measure", "-confirmed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "measure", "version"],
                name="a_text_has_a_version_of_its_own",
                violation_error_message=_("This version was loaded before."),
            ),
            models.CheckConstraint(condition=~Q(licence=""), name="no_text_without_a_licence"),
        ]


class Responder(OfClinic):
    """Who hears at once when an answer needs somebody; the first who is there."""

    staff = models.ForeignKey("people.Staff", on_delete=models.CASCADE, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=120)

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [models.UniqueConstraint(fields=["clinic", "staff"], name="a_responder_once")]


class Alert(OfClinic):
    """An answer that cannot wait: raised with it, taken by a name, closed with what was done."""

    filling = models.OneToOneField(Filling, on_delete=models.CASCADE, related_name="alert")
    code = models.CharField(max_length=40)
    raised_at = models.DateTimeField()
    # Earlier than it was raised where a phone without a network brought it later.
    said_at = models.DateTimeField(null=True, blank=True)
    responder = models.ForeignKey(
        "people.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(
        "people.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    done = models.TextField(_("What was done"), max_length=2000, blank=True)

    class Meta:
        ordering = ["raised_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | (Q(taken_by__isnull=False) & ~Q(done="")),
                name="an_alert_is_closed_with_words",
            )
        ]

    @property
    def came_late(self) -> bool:
        """Whether it reached us minutes after it was said."""
        return self.said_at is not None and self.raised_at - self.said_at >= timedelta(minutes=1)
