"""A goal with its steps, how it went, and what somebody did on the way."""

from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.clinics.scoped import ClinicManager, ClinicQuerySet, OfClinic

TO_TEN = [MinValueValidator(0), MaxValueValidator(10)]
LONGEST = 2000


class Reach(models.TextChoices):
    """How far a goal goes: from one task of a day to a hope for one's life."""

    TASK = "task", _("one thing of my day")
    ACTIVITY = "activity", _("something I like or have to do")
    ROLE = "role", _("a part I play: at home, at work, for somebody")
    LIFE = "life", _("something I hope for in my life")


class Meaning(models.TextChoices):
    """What it gives somebody to be able to do it (R15)."""

    ALONE = "alone", _("to be able to do it on my own")
    DIGNITY = "dignity", _("to feel like myself again")
    OTHERS = "others", _("to be with people I like")
    USEFUL = "useful", _("to be there for somebody")
    SAFE = "safe", _("to feel safe")
    JOY = "joy", _("to enjoy it")


class GoalQuerySet(ClinicQuerySet["Goal"]):
    """Goals, as people ask for them."""

    def of(self, client: object) -> Self:
        """One client's goals, the newest first."""
        return self.filter(client=client).order_by("-written_at", "-id")

    def active(self) -> Self:
        """Goals that their client agreed to and works on."""
        return self.filter(agreed_at__isnull=False, reached_at=None, aside_at=None)


class GoalManager(ClinicManager["Goal"].from_queryset(GoalQuerySet)):  # type: ignore[misc]
    """This clinic's goals."""


class Goal(OfClinic):
    """Something a client wants to do. The words are theirs and stay as they were written.

    It becomes active only when the client agrees. Who changes their mind writes a new goal, which
    names the one it came from.
    """

    client = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="+")
    words = models.TextField(_("What would you like to do?"), max_length=LONGEST)
    why = models.TextField(_("Why does it matter to you?"), max_length=LONGEST, blank=True)
    reach = models.CharField(
        _("How big is it?"), max_length=8, choices=Reach.choices, default=Reach.ACTIVITY
    )
    meaning = models.CharField(
        _("What would it give you?"), max_length=8, choices=Meaning.choices, blank=True
    )
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=120)
    came_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.CharField(max_length=120, blank=True)
    reached_at = models.DateTimeField(null=True, blank=True)
    aside_at = models.DateTimeField(null=True, blank=True)
    aside_why = models.TextField(_("Why?"), max_length=LONGEST, blank=True)
    # When a stalled goal was last spoken of, so that it comes up once and not every day.
    spoken_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[GoalManager] = GoalManager()

    class Meta:
        ordering = ["-written_at", "-id"]
        indexes = [models.Index(fields=["clinic", "client", "written_at"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="a_goal_has_words",
                violation_error_message=_("Write what you would like to do."),
            ),
            models.CheckConstraint(
                condition=Q(agreed_at=None) | ~Q(agreed_by=""),
                name="who_agrees_has_a_name",
            ),
            models.CheckConstraint(
                condition=Q(reached_at=None) | Q(agreed_at__isnull=False, aside_at=None),
                name="reached_goals_were_agreed",
            ),
            models.CheckConstraint(
                condition=Q(came_from=None) | ~Q(came_from=F("id")), name="goals_come_from_others"
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def is_active(self) -> bool:
        """Whether the client agreed to it and works on it."""
        return bool(self.agreed_at and not self.reached_at and not self.aside_at)

    @property
    def is_asked(self) -> bool:
        """Whether it waits for the client's yes."""
        return not (self.agreed_at or self.aside_at)


class Step(OfClinic):
    """One step on the way, in the client's words; how important it is to them (R13)."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="steps")
    words = models.CharField(_("A step on the way"), max_length=300)
    important = models.PositiveSmallIntegerField(null=True, blank=True, validators=TO_TEN)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=120)
    done_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["added_at", "id"]


class Rating(OfClinic):
    """How it goes on one day, 0 to 10 each. Rows are added, never changed."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="ratings")
    at = models.DateTimeField()
    going = models.PositiveSmallIntegerField(_("How well does it go?"), validators=TO_TEN)
    happy = models.PositiveSmallIntegerField(
        _("How happy are you with that?"), null=True, blank=True, validators=TO_TEN
    )
    important = models.PositiveSmallIntegerField(
        _("How important is it to you now?"), null=True, blank=True, validators=TO_TEN
    )
    means = models.PositiveSmallIntegerField(
        _("How much does it give you that?"), null=True, blank=True, validators=TO_TEN
    )
    words = models.TextField(_("A few words"), max_length=LONGEST, blank=True)
    by = models.CharField(max_length=120)
    by_client = models.BooleanField(default=False)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["goal", "at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(going__lte=10)
                & (Q(happy=None) | Q(happy__lte=10))
                & (Q(important=None) | Q(important__lte=10))
                & (Q(means=None) | Q(means__lte=10)),
                name="ratings_are_to_ten",
            )
        ]


class Achievement(OfClinic):
    """Something a client did, however small, in their words; named to them at the next visit."""

    client = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="+")
    goal = models.ForeignKey(
        Goal, on_delete=models.CASCADE, null=True, blank=True, related_name="achievements"
    )
    words = models.TextField(_("What did you do?"), max_length=LONGEST)
    told_at = models.DateTimeField()
    told_by = models.CharField(max_length=120)
    named_at = models.DateTimeField(null=True, blank=True)
    named_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-told_at", "-id"]
        indexes = [models.Index(fields=["clinic", "client", "told_at"])]
