"""A visit from the booking to the end, and what was told about its wait (and see `engine.py`)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.clinics import current
from alongside.clinics.scoped import ClinicManager, ClinicQuerySet, OfClinic
from alongside.rules import span
from alongside.visits.engine import ClinicLaws as ClinicLaws
from alongside.visits.engine import DayState as DayState
from alongside.visits.engine import Outlook as Outlook


class State(models.TextChoices):
    """Where a visit is on its way from the booking to the end."""

    BOOKED = "booked", _("Expected")
    HERE = "here", _("Waiting")
    CALLED = "called", _("Called")
    WITH = "with", _("With therapist")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")
    MISSED = "missed", _("Did not come")


WAITING = (State.HERE, State.CALLED)
# These hold a therapist's time: two of them can never overlap.
HOLDS_TIME = (State.BOOKED, State.HERE, State.CALLED, State.WITH)
INSIDE = (State.HERE, State.CALLED, State.WITH)


class Channel(models.TextChoices):
    """By which way something reached us or was told."""

    PHONE = "phone", _("phone page")
    DOOR = "door", _("code at the door")
    KIOSK = "kiosk", _("kiosk")
    DESK = "desk", _("front desk")
    SLIP = "slip", _("printed slip")
    EMAIL = "email", _("e-mail")
    SMS = "sms", _("text message")


class VisitQuerySet(ClinicQuerySet["Visit"]):
    """Visits, as people ask for them."""

    def on_day(self, day: date) -> Self:
        """Visits of one day in the clinic's own zone."""
        return self.filter(day=day)

    def waiting(self) -> Self:
        """Visits whose person is here and has not gone in."""
        return self.filter(state__in=WAITING)

    def holding_time(self) -> Self:
        """Visits that keep a therapist's time."""
        return self.filter(state__in=HOLDS_TIME)

    def overlapping(self, start: datetime, end: datetime) -> Self:
        """Visits that hold any of this time."""
        return self.holding_time().filter(booked_at__lt=end, ends_at__gt=start)

    def in_order(self) -> Self:
        """By the booked time, then the therapist, then as they were made."""
        return self.order_by("booked_at", "therapist_id", "id")


class VisitManager(ClinicManager["Visit"].from_queryset(VisitQuerySet)):  # type: ignore[misc]
    """This clinic's visits."""


class Visit(OfClinic):
    """One person's time with one therapist."""

    client = models.ForeignKey("people.Client", on_delete=models.PROTECT, related_name="visits")
    therapist = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="visits")
    kind = models.ForeignKey("clinics.VisitKind", on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey(
        "clinics.Room", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    day = models.DateField(editable=False)
    booked_at = models.DateTimeField(_("time"))
    planned = models.DurationField(_("planned length"))
    ends_at = models.DateTimeField(editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.BOOKED)
    # What the waiting-room screen and the slip show in the place of a name.
    code = models.CharField(max_length=6, blank=True, editable=False)
    is_first = models.BooleanField(_("first visit"), default=False)
    asked_for = models.TextField(_("what they asked for"), blank=True)
    series = models.UUIDField(null=True, blank=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    arrived_by = models.CharField(max_length=8, choices=Channel.choices, blank=True)
    called_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    missed_at = models.DateTimeField(null=True, blank=True)
    # The client told us that they are on their way, and when they will be here.
    late_until = models.DateTimeField(null=True, blank=True)
    mood = models.PositiveSmallIntegerField(null=True, blank=True)
    # Counts every change, so that two desks never overwrite each other unseen.
    version = models.PositiveIntegerField(default=1)

    # When somebody was here and how long it took, without who: the clinic's figures rest on it.
    KEPT_WHEN_ERASED: ClassVar[frozenset[str]] = frozenset(
        {
            *("therapist", "kind", "room", "day", "booked_at", "planned", "ends_at", "state"),
            *("is_first", "confirmed_at", "reminded_at", "arrived_at", "arrived_by", "called_at"),
            *("started_at", "finished_at", "cancelled_at", "missed_at", "version"),
        }
    )
    objects: ClassVar[VisitManager] = VisitManager()

    class Meta:
        ordering = ["booked_at", "id"]
        indexes = [
            models.Index(fields=["clinic", "day", "state"]),
            models.Index(fields=["therapist", "booked_at"]),
            models.Index(fields=["client", "day"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("booked_at")),
                name="a_visit_ends_after_it_begins",
                violation_error_message=_("A visit must end after it begins."),
            ),
            models.UniqueConstraint(
                fields=["clinic", "client", "day"],
                condition=Q(state__in=["here", "called", "with"]),
                name="a_person_is_here_once",
                violation_error_message=_("This person is already checked in today."),
            ),
            models.UniqueConstraint(
                fields=["clinic", "day", "code"],
                condition=~Q(code=""),
                name="a_code_means_one_person",
                violation_error_message=_("This code is already in use today."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["here", "called", "with"]) | Q(arrived_at__isnull=False),
                name="who_waits_has_arrived",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["with", "done"]) | Q(started_at__isnull=False),
                name="who_is_inside_has_started",
            ),
            models.CheckConstraint(
                condition=Q(mood__isnull=True) | Q(mood__lte=4), name="five_moods"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booked_at:%Y-%m-%d %H:%M} {self.code}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the day and the end true to the time and the length."""
        if getattr(self, "clinic_id", None) is None:
            self.clinic_id = current.clinic_id()
        # In UTC: added in a local zone, a length is wrong on the nights when the clocks change.
        self.ends_at = self.booked_at.astimezone(UTC) + self.planned
        self.day = self.booked_at.astimezone(self.clinic.zone).date()
        super().save(*args, **kwargs)

    @property
    def is_waiting(self) -> bool:
        """Whether the person is here and has not gone in."""
        return self.state in WAITING

    @property
    def due_at(self) -> datetime | None:
        """When the second clock starts: the later of check-in and the booked time."""
        return span.later(self.arrived_at, self.booked_at) if self.arrived_at else None

    def waited(self, *, until: datetime) -> timedelta | None:
        """How long since check-in, to the start or to `until`."""
        if self.arrived_at is None:
            return None
        return span.waited(self.arrived_at, self.started_at or until)

    def waited_past_time(self, *, until: datetime) -> timedelta | None:
        """How long since the later of check-in and the booked time; never below zero."""
        if self.due_at is None:
            return None
        return span.waited(self.due_at, self.started_at or until)


class Told(OfClinic):
    """An expected wait that was told to a client: never changed, never removed (R1)."""

    REASONS = [
        ("first", _("told at check-in")),
        ("asked", _("the client asked")),
        ("earlier_visit_longer", _("an earlier visit took longer")),
        ("therapist_late", _("the therapist runs late")),
        ("therapist_away", _("the therapist stepped out")),
        ("freed_early", _("a time became free")),
        ("absence", _("somebody did not come")),
        ("moved", _("the visit was moved")),
        ("unknown", _("the day changed")),
    ]
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="told")
    told_at = models.DateTimeField()
    low = models.DurationField()
    high = models.DurationField()
    likely = models.DurationField()
    by = models.DateTimeField()
    reason = models.CharField(max_length=24, choices=REASONS)
    channels = models.JSONField(default=list)
    # How many tellings came before this one, and how many of those lengthened the wait.
    news = models.PositiveSmallIntegerField(default=0)
    longer = models.PositiveSmallIntegerField(default=0)
    # Somebody without a phone page must be told in person: until then it is not told.
    to_say = models.BooleanField(default=False)
    said_at = models.DateTimeField(null=True, blank=True)
    # The numbers behind it: nine quantiles in minutes and what the engine knew.
    numbers = models.JSONField(default=dict)

    KEPT_WHEN_ERASED: ClassVar[frozenset[str]] = frozenset(
        {
            *("visit", "told_at", "low", "high", "likely", "by", "reason", "channels", "news"),
            *("longer", "to_say", "said_at", "numbers"),
        }
    )

    class Meta:
        ordering = ["told_at", "id"]
        indexes = [models.Index(fields=["visit", "told_at"])]

    @property
    def reached_at(self) -> datetime | None:
        """When it reached the client: at once by a page or message, or when somebody said it."""
        return self.said_at if self.to_say else self.told_at


class CancelReason(OfClinic):
    """Why a visit was called off, in the words of whoever said it.

    Not in the record, which is never changed: words like these must be erasable.
    """

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="cancel_reason")
    said = models.CharField(_("reason"), max_length=200)


class Asked(OfClinic):
    """A client asked "how long now?", and when they were answered (R3)."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="asked")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    # The told time had passed with no word from us: our fault, and counted as one.
    was_overdue = models.BooleanField(default=False)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]


class Away(OfClinic):
    """A therapist who stepped out, runs late or is absent."""

    WHYS = [
        ("stepped_out", _("stepped out")),
        ("late", _("running late")),
        ("absent", _("not here today")),
    ]
    therapist = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="away")
    why = models.CharField(max_length=12, choices=WHYS)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["from_at", "id"]


class Step(OfClinic):
    """What somebody did to a visit, with how it was before: who, when, and the way back."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=12)
    actor_label = models.CharField(max_length=120, blank=True)
    before = models.JSONField(default=dict)
    version_before = models.PositiveIntegerField()
    version_after = models.PositiveIntegerField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["visit", "at"])]
