"""What the engine keeps of a clinic's day: what it expects, what it learned, what it tried."""

from django.db import models

from alongside.clinics.scoped import OfClinic


class Outlook(OfClinic):
    """What the engine expects for a visit just now: for staff's eyes, rewritten all day."""

    visit = models.OneToOneField("visits.Visit", on_delete=models.CASCADE, related_name="outlook")
    made_at = models.DateTimeField()
    starts_low = models.DateTimeField()
    starts_likely = models.DateTimeField()
    starts_by = models.DateTimeField()
    starts_high = models.DateTimeField()
    over_ten = models.FloatField()
    quantiles = models.JSONField(default=list)


class ClinicLaws(OfClinic):
    """What this clinic's own log taught the engine; a person can open it and read it."""

    made_at = models.DateTimeField()
    # When they were last learned from the beginning; the nights between only adjust them.
    grown_at = models.DateTimeField(null=True, blank=True)
    learned_from = models.PositiveIntegerField(default=0)
    laws = models.JSONField()

    class Meta:
        ordering = ["-made_at"]


class DayState(OfClinic):
    """Whether a clinic's day changed since its waits were last worked out."""

    changed = models.PositiveBigIntegerField(default=1)
    worked_out = models.PositiveBigIntegerField(default=0)
    worked_out_at = models.DateTimeField(null=True, blank=True)
    # What would help, as the engine last tried it; shown while it is still possible.
    moves = models.JSONField(default=list)
    moves_at = models.DateTimeField(null=True, blank=True)
    # For which state of the day it tried them.
    tried = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clinic"], name="one_day_state_a_clinic")]
