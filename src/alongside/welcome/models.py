"""What somebody wishes for, what they were offered, and what they hope for."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.clinics.scoped import ClinicManager, ClinicQuerySet, OfClinic


class WishKind(models.TextChoices):
    """What a client can ask for with one tap. Help comes before everything else."""

    WATER = "water", _("a glass of water")
    QUIET = "quiet", _("a quieter place")
    PRINT = "print", _("larger print")
    HELP = "help", _("help now")


class WishQuerySet(ClinicQuerySet["Wish"]):
    """Wishes, as people ask for them."""

    def still_open(self) -> Self:
        """Wishes that nobody has seen to and nobody has taken back."""
        return self.filter(done_at=None, withdrawn_at=None)


class WishManager(ClinicManager["Wish"].from_queryset(WishQuerySet)):  # type: ignore[misc]
    """This clinic's wishes."""


class Wish(OfClinic):
    """Something a client asked for while they wait; who went, and when it was done."""

    visit = models.ForeignKey("visits.Visit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=WishKind.choices)
    asked_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(
        "people.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[WishManager] = WishManager()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            # Five taps, or the same tap sent again, are one wish.
            models.UniqueConstraint(
                fields=["visit", "kind"],
                condition=Q(done_at=None, withdrawn_at=None),
                name="one_open_wish_of_a_kind",
                violation_error_message=_("We know about this wish already."),
            ),
            models.CheckConstraint(
                condition=Q(taken_at=None, taken_by=None)
                | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="who_takes_a_wish_has_a_name",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(taken_at__isnull=False, withdrawn_at=None),
                name="a_wish_is_taken_before_it_is_done",
            ),
        ]

    @property
    def is_help(self) -> bool:
        """Whether this cannot wait."""
        return self.kind == WishKind.HELP


class OfferKind(models.TextChoices):
    """What we can offer by ourselves to somebody who waits (R7)."""

    DRINK = "drink", _("something to drink")
    READ = "read", _("something to read")
    QUIET = "quiet", _("a quieter place")


class Offer(OfClinic):
    """Something that was offered during a wait."""

    visit = models.ForeignKey("visits.Visit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=OfferKind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["visit", "kind"], name="offered_once")]


class Hopes(OfClinic):
    """What a client hopes for and worries about before a first visit, word for word (R31)."""

    visit = models.OneToOneField("visits.Visit", on_delete=models.PROTECT, related_name="+")
    hopes = models.TextField(_("What do you hope for?"), blank=True)
    worries = models.TextField(_("Is anything worrying you?"), blank=True)
    said_at = models.DateTimeField()

    @property
    def is_said(self) -> bool:
        """Whether there is anything to read."""
        return bool(self.hopes.strip() or self.worries.strip())
