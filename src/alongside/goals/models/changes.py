"""How goals and their plans were changed: why, by whom, and whether the client agrees."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.clinics.scoped import ClinicManager, ClinicQuerySet, OfClinic
from alongside.goals.models.goal import LONGEST, Goal, Step


class What(models.TextChoices):
    """How a goal or its plan was changed."""

    REWORDED = "reworded", _("said in other words")
    REACHED = "reached", _("reached")
    ASIDE = "aside", _("set aside")
    TAKEN_UP = "taken_up", _("taken up again")
    STEP = "step", _("a step more")
    NO_STEP = "no_step", _("a step that is no longer needed")
    OUR_WORDS = "our_words", _("put in our words as well")
    LADDER = "ladder", _("what each level means")


class ChangeQuerySet(ClinicQuerySet["Change"]):
    """Changes, as people ask for them."""

    def of(self, client: object) -> Self:
        """Changes of one client's goals, the newest first."""
        return self.filter(goal__client=client).select_related("goal").order_by("-at", "-id")

    def waiting(self) -> Self:
        """Made by staff, and the client has not said what they think of it."""
        return self.filter(agreed_at=None, declined_at=None)


class ChangeManager(ClinicManager["Change"].from_queryset(ChangeQuerySet)):  # type: ignore[misc]
    """This clinic's changes."""


class Change(OfClinic):
    """A change of a goal or its plan: why, by whom, and whether the client agrees (R21).

    Rows are added, never changed, but for the client's answer. What a client changes has their
    agreement by itself; what staff change says why, and waits for it.
    """

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="changes")
    what = models.CharField(max_length=9, choices=What.choices)
    was = models.TextField(blank=True)
    now = models.TextField(blank=True)
    why = models.TextField(_("Why?"), max_length=LONGEST, blank=True)
    # The step that it is about, so that a no takes it off again.
    step = models.ForeignKey(
        Step, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    by_client = models.BooleanField(default=False)
    agreed_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    # Who gave the answer; for a yes that was said beside staff, the name of whoever noted it.
    answered_by = models.CharField(max_length=120, blank=True)

    objects: ClassVar[ChangeManager] = ChangeManager()

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["goal", "at"]),
            models.Index(
                fields=["goal"],
                condition=Q(agreed_at=None, declined_at=None),
                name="changes_that_wait",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(by_client=True) | ~Q(why=""),
                name="staff_say_why",
                violation_error_message=_("Say why."),
            ),
            models.CheckConstraint(
                condition=Q(by_client=False) | Q(agreed_at__isnull=False),
                name="who_changes_their_own_agrees",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at=None) | Q(declined_at=None), name="a_change_has_one_answer"
            ),
        ]
