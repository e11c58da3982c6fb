"""A client's life as they tell it, what happens in it, and every question until it is answered."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.clinics.scoped import ClinicManager, ClinicQuerySet, OfClinic

LONGEST = 2000


class Kind(models.TextChoices):
    """What belongs to a life (R19)."""

    PERSON = "person", _("somebody who matters to me")
    PLACE = "place", _("a place that matters to me")
    ROLE = "role", _("a part I play")
    ROUTINE = "routine", _("something of my days")


class Item(OfClinic):
    """Somebody, a place, a role or a routine of a client's life; where we take part in it."""

    client = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    words = models.CharField(_("In your words"), max_length=300)
    # Where the clinic takes part, in staff's words: "how are WE participating in your life?"
    ours = models.CharField(_("Where we take part"), max_length=300, blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["added_at", "id"]
        indexes = [models.Index(fields=["clinic", "client", "ended_at"])]


class Happening(models.TextChoices):
    """What can be told with one tap (R20)."""

    WORK = "work", _("A new job, or none any more")
    MOVE = "move", _("I am moving")
    LOSS = "loss", _("I lost somebody")
    HEALTH = "health", _("My health has changed")
    FAMILY = "family", _("Something in my family")
    OTHER = "other", _("Something else")


class Event(OfClinic):
    """Something that happened in a client's life; the plan is looked at again by a date."""

    client = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=8, choices=Happening.choices)
    words = models.TextField(_("A few words, if you like"), max_length=LONGEST, blank=True)
    told_at = models.DateTimeField()
    told_by = models.CharField(max_length=120)
    review_by = models.DateField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.CharField(max_length=120, blank=True)
    outcome = models.TextField(_("What changes in the plan"), max_length=LONGEST, blank=True)
    # What the client says to it; a yes that was said beside staff is noted by them.
    agreed_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-told_at", "-id"]
        indexes = [
            models.Index(fields=["clinic", "client", "told_at"]),
            models.Index(fields=["clinic", "reviewed_at", "review_by"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_at=None) | ~Q(outcome=""), name="a_review_has_an_outcome"
            ),
            models.CheckConstraint(
                condition=Q(agreed_at=None) | Q(declined_at=None), name="a_review_has_one_answer"
            ),
            models.CheckConstraint(
                condition=Q(agreed_at=None, declined_at=None) | Q(reviewed_at__isnull=False),
                name="only_a_review_is_answered",
            ),
        ]

    @property
    def waits(self) -> bool:
        """Whether the plan was looked at, and the client has not said what they think of it."""
        return bool(self.reviewed_at and not self.agreed_at and not self.declined_at)


class QuestionQuerySet(ClinicQuerySet["Question"]):
    """Questions, as people ask for them."""

    def open(self) -> Self:
        """Not answered yet, the oldest first."""
        return self.filter(answered_at=None).order_by("asked_at", "id")

    def unseen(self) -> Self:
        """Asked, and nobody of us has seen it."""
        return self.filter(seen_at=None, answered_at=None)


class QuestionManager(ClinicManager["Question"].from_queryset(QuestionQuerySet)):  # type: ignore[misc]
    """This clinic's questions."""


class Question(OfClinic):
    """A question of a client or somebody close: open with a name and date, or answered (R29)."""

    client = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="+")
    words = models.TextField(_("What would you like to ask?"), max_length=LONGEST)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=120)
    owner = models.ForeignKey(
        "people.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer_by = models.DateField()
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.CharField(max_length=120, blank=True)
    answer = models.TextField(_("The answer"), max_length=LONGEST, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)

    objects: ClassVar[QuestionManager] = QuestionManager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [
            models.Index(fields=["clinic", "client", "asked_at"]),
            models.Index(fields=["clinic", "answered_at", "answer_by"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None) | ~Q(answer=""), name="an_answer_has_words"
            )
        ]
