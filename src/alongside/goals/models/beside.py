"""What staff put beside a goal: their own wording, and the ladder with the levels reached."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.clinics.scoped import OfClinic
from alongside.goals.models.goal import LONGEST, Goal

SIGNED = {2: "+2", 1: "+1", 0: "0", -1: "−1", -2: "−2"}


class Wording(OfClinic):
    """How staff put a goal, beside the client's words and never in their place."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="wordings")
    words = models.TextField(_("In our words"), max_length=LONGEST)
    at = models.DateTimeField()
    by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]


class Ladder(OfClinic):
    """Goal Attainment Scaling: five levels in words, the weight, the level at the start."""

    goal = models.OneToOneField(Goal, on_delete=models.CASCADE, related_name="ladder")
    much_less = models.CharField(_("Much less than hoped for (−2)"), max_length=300)
    less = models.CharField(_("Less than hoped for (−1)"), max_length=300)
    hoped = models.CharField(_("What we hope for (0)"), max_length=300)
    more = models.CharField(_("More than hoped for (+1)"), max_length=300)
    much_more = models.CharField(_("Much more than hoped for (+2)"), max_length=300)
    baseline = models.SmallIntegerField(
        _("Where it starts"),
        choices=[(-1, _("−1: some of it is possible")), (-2, _("−2: as hard as could be"))],
        default=-1,
    )
    important = models.PositiveSmallIntegerField(_("Importance (0 to 3)"), default=1)
    difficult = models.PositiveSmallIntegerField(_("Difficulty (0 to 3)"), default=1)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(baseline__in=[-1, -2]) & Q(important__lte=3) & Q(difficult__lte=3),
                name="ladders_are_as_the_method_says",
            )
        ]

    def rungs(self) -> list[tuple[int, str]]:
        """The five levels with their words, the best first."""
        words = (self.much_more, self.more, self.hoped, self.less, self.much_less)
        return list(zip((2, 1, 0, -1, -2), words, strict=True))

    def in_words(self) -> str:
        """All that it says, a line a level, in the language of whoever writes it."""
        start = _("where it starts")
        lines = [
            f"{SIGNED[level]} {words}" + (f" ({start})" if level == self.baseline else "")
            for level, words in self.rungs()
        ]
        weight = _("Importance %(important)d of 3, difficulty %(difficult)d of 3")
        weighs = {"important": self.important, "difficult": self.difficult}
        return "\n".join([*lines, str(weight) % weighs])


class Level(OfClinic):
    """Which level of the ladder was reached on one day; rows are added, never changed."""

    ladder = models.ForeignKey(Ladder, on_delete=models.CASCADE, related_name="levels")
    at = models.DateTimeField()
    # In halves: GAS-light's "partly" from a start at -1 is -0.5.
    level = models.DecimalField(max_digits=2, decimal_places=1)
    by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=["-2.0", "-1.0", "-0.5", "0.0", "1.0", "2.0"]),
                name="levels_are_on_the_ladder",
            )
        ]
