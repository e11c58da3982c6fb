"""What was done at a visit and what comes next; what the client reads of it is the same row."""

from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.clinics.scoped import ClinicManager, ClinicQuerySet, OfClinic

TO_TEN = [MinValueValidator(0), MaxValueValidator(10)]
LONGEST = 2000


class Setting(models.TextChoices):
    """Where we met (R22)."""

    CLINIC = "clinic", _("at the clinic")
    HOME = "home", _("at home")
    SCHOOL = "school", _("at school")
    WORK = "work", _("at work")
    HOSPITAL = "hospital", _("in hospital")


class Understood(models.TextChoices):
    """What came of asking somebody to say in their own words what was explained."""

    YES = "yes", _("they said it back: it is clear")
    AGAIN = "again", _("explain it again next time")


class NoteQuerySet(ClinicQuerySet["Note"]):
    """Notes, as people ask for them."""

    def of(self, client: object) -> Self:
        """One client's notes, the newest first."""
        rows = self.filter(client=client)
        rows = rows.select_related("by", "visit", "corrected_by", "answer")
        return rows.order_by("-written_at", "-id")

    def standing(self) -> Self:
        """Notes that no other one corrects."""
        return self.filter(corrected_by=None)


class NoteManager(ClinicManager["Note"].from_queryset(NoteQuerySet)):  # type: ignore[misc]
    """This clinic's notes."""


class Note(OfClinic):
    """What we did at one visit. Added, never edited: a correction is a new note that names the old.

    The client reads what was done and the next step, and on a sheet to keep what was explained and
    how they said it back; how it went is for who treats them.
    """

    client = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="+")
    visit = models.ForeignKey("visits.Visit", on_delete=models.CASCADE, related_name="+")
    # One correction for each note: of two who correct at once, the second sees the first.
    corrects = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="corrected_by"
    )
    did = models.TextField(_("What we did"), max_length=LONGEST)
    next_step = models.TextField(_("The next step"), max_length=LONGEST, blank=True)
    how_client = models.PositiveSmallIntegerField(null=True, blank=True, validators=TO_TEN)
    how_us = models.PositiveSmallIntegerField(null=True, blank=True, validators=TO_TEN)
    explained = models.TextField(_("What was explained"), max_length=LONGEST, blank=True)
    said_back = models.TextField(_("What they said back"), max_length=LONGEST, blank=True)
    understood = models.CharField(max_length=5, choices=Understood.choices, blank=True)
    setting = models.CharField(max_length=8, choices=Setting.choices, default=Setting.CLINIC)
    written_at = models.DateTimeField()
    by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[NoteManager] = NoteManager()

    class Meta:
        ordering = ["-written_at", "-id"]
        indexes = [
            models.Index(fields=["clinic", "client", "written_at"]),
            models.Index(fields=["visit", "written_at"]),
            # Most notes correct nothing: an index over all of them looks useless to a planner.
            models.Index(
                fields=["corrects"],
                condition=Q(corrects__isnull=False),
                name="note_that_corrects",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(did=""), name="a_note_says_what_was_done"),
            models.CheckConstraint(
                condition=(Q(how_client=None) | Q(how_client__lte=10))
                & (Q(how_us=None) | Q(how_us__lte=10)),
                name="how_a_visit_went_is_to_ten",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(corrects=F("id")), name="notes_correct_others"
            ),
        ]


class StepAnswer(OfClinic):
    """What the client says to the next step of a note: beside us at the visit, or on their page."""

    note = models.OneToOneField(Note, on_delete=models.CASCADE, related_name="answer")
    client = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="+")
    agrees = models.BooleanField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    class Meta:
        ordering = ["at", "id"]


class FollowUp(OfClinic):
    """Somebody calls a client who missed a visit or went quiet, and says what came of it."""

    client = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="+")
    taken_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    outcome = models.TextField(_("What came of it"), max_length=LONGEST, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-taken_at", "-id"]
        indexes = [models.Index(fields=["clinic", "client", "done_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "client"],
                condition=Q(done_at=None),
                name="one_calls_at_a_time",
                violation_error_message=_("Somebody else calls them already."),
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | ~Q(outcome=""), name="a_call_comes_to_something"
            ),
        ]


class Felt(models.TextChoices):
    """One tap."""

    YES = "yes", _("yes")
    PARTLY = "partly", _("partly")
    NO = "no", _("no")


class Heard(OfClinic):
    """Whether a client felt heard, understood and valued at one visit (R35, R43).

    Shown to nobody by itself: only counted, by month, from five answers on. It is kept with its
    visit so that one visit is told of once and the client may still change their mind.
    """

    ITEMS: ClassVar[tuple[str, ...]] = ("heard", "understood", "valued")

    client = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="+")
    visit = models.OneToOneField("visits.Visit", on_delete=models.CASCADE, related_name="+")
    # The day of the first answer; a month that is over changes no more.
    told_on = models.DateField()
    heard = models.CharField(max_length=6, choices=Felt.choices, blank=True)
    understood = models.CharField(max_length=6, choices=Felt.choices, blank=True)
    valued = models.CharField(max_length=6, choices=Felt.choices, blank=True)

    class Meta:
        ordering = ["told_on", "id"]
        indexes = [models.Index(fields=["clinic", "told_on"])]
