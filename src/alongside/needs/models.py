"""What is hard for somebody, in whose view; what a clinic can offer; what it offered to whom."""

from typing import ClassVar, Self
from uuid import UUID

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.clinics.scoped import ClinicManager, ClinicQuerySet, OfClinic
from alongside.rules import matching, profile, who_sees
from alongside.rules.needs import Area as Part
from alongside.rules.needs import area

LONGEST = 2000
QUALIFIERS = [0, 1, 2, 3, 4, 8, 9]


class Voice(models.TextChoices):
    """Whose view it is."""

    CLIENT = profile.Voice.CLIENT.value, _("the client")
    CLOSE = profile.Voice.CLOSE.value, _("somebody close")
    THERAPIST = profile.Voice.THERAPIST.value, _("the therapist")


class Extent(OfClinic):
    """How hard one thing is for a client, as somebody says at one time.

    Rows are added, never changed; the newest of each voice counts. Codes refer to the WHO ICF,
    qualifiers are its 0 to 4, 8 (not known) and 9 (does not apply).
    """

    client = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=8)
    voice = models.CharField(max_length=10, choices=Voice.choices)
    performance = models.PositiveSmallIntegerField()
    # With nothing and nobody to help; only of activities, and only where it was looked at.
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    importance = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(10)]
    )
    # Surroundings can help: `performance` is then how much.
    helps = models.BooleanField(default=False)
    words = models.TextField(max_length=LONGEST, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["clinic", "client", "at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(performance__in=QUALIFIERS)
                & (Q(capacity=None) | Q(capacity__in=QUALIFIERS)),
                name="extents_are_qualifiers",
            ),
            models.CheckConstraint(
                condition=Q(importance=None) | Q(importance__lte=10),
                name="importance_is_to_ten",
            ),
            models.CheckConstraint(
                condition=Q(helps=False) | Q(code__startswith="e"),
                name="only_surroundings_help",
            ),
        ]

    def said(self) -> profile.Said:
        """The row as the rules know it."""
        return profile.Said(
            code=self.code,
            voice=profile.Voice(self.voice),
            performance=self.performance,
            capacity=self.capacity,
            importance=self.importance,
            helps=self.helps,
            words=self.words,
            at=self.at,
            by=self.by,
        )


class Area(models.TextChoices):
    """The four parts of a profile, in the client's words."""

    ACTIVITIES = Part.ACTIVITIES.value, _("what I do in my days")
    BODY = Part.BODY.value, _("my body and my senses")
    MIND = Part.MIND.value, _("my mind, sleep and mood")
    SURROUNDINGS = Part.SURROUNDINGS.value, _("what is around me")


class Whom(models.TextChoices):
    """Whom of us a client lets see a part."""

    CARE = who_sees.Whom.CARE.value, _("Everybody here who treats people")
    NAMED = who_sees.Whom.NAMED.value, _("Only the people I choose")
    FRONT = who_sees.Whom.FRONT.value, _("The front desk too")


class Sharing(OfClinic):
    """Whom of us a client lets see one part. Rows are added, never changed; the newest holds."""

    client = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="+")
    area = models.CharField(max_length=12, choices=Area.choices)
    whom = models.CharField(max_length=5, choices=Whom.choices)
    # The keys of staff, for "only the people I choose".
    named = models.JSONField(default=list, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    # How the client said it, when staff write it down for them.
    how = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["clinic", "client", "at"])]

    def word(self) -> who_sees.Word:
        """The row as the rules know it."""
        return who_sees.Word(
            whom=who_sees.Whom(self.whom), named=frozenset(UUID(str(one)) for one in self.named)
        )


class Kind(models.TextChoices):
    """What sort of thing is offered."""

    SERVICE = "service", _("a service")
    GROUP = "group", _("a group")
    RESOURCE = "resource", _("a resource outside the clinic")


class Service(OfClinic):
    """Something that this clinic can offer, and what it helps with."""

    name = models.CharField(_("name"), max_length=120)
    words = models.TextField(_("what happens there, in plain words"), max_length=600, blank=True)
    kind = models.CharField(
        _("what it is"), max_length=8, choices=Kind.choices, default=Kind.SERVICE
    )
    # Codes of the list of needs, and chapters ("d5") for all that belongs to them.
    covers = models.JSONField(default=list)
    wait_days = models.PositiveSmallIntegerField(_("days until it can begin"), default=0)
    is_open = models.BooleanField(_("we can offer it now"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "name"],
                name="a_service_has_its_own_name",
                violation_error_message=_("There is already a service with this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def as_rule(self) -> matching.Service:
        """The row as the rules know it."""
        return matching.Service(
            id=str(self.pk),
            name=self.name,
            covers=tuple(str(code) for code in self.covers),
            wait_days=float(self.wait_days),
        )


class ProposalQuerySet(ClinicQuerySet["Proposal"]):
    """Offers, as people ask for them."""

    def open(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(accepted_at=None, declined_at=None)


class ProposalManager(ClinicManager["Proposal"].from_queryset(ProposalQuerySet)):  # type: ignore[misc]
    """This clinic's offers."""


class Proposal(OfClinic):
    """A service offered to a client, with the reason as it was told; the client says yes or no."""

    client = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    by = models.CharField(max_length=120)
    reason = models.TextField(max_length=LONGEST)
    # What the reason names: who may not see all of it sees nothing of the offer.
    codes = models.JSONField(default=list, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)

    objects: ClassVar[ProposalManager] = ProposalManager()

    class Meta:
        ordering = ["-offered_at", "-id"]
        indexes = [models.Index(fields=["clinic", "client", "offered_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "service"],
                condition=Q(accepted_at=None, declined_at=None),
                name="one_open_offer_of_a_service",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(declined_at=None),
                name="an_offer_has_one_answer",
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return not (self.accepted_at or self.declined_at)

    @property
    def areas(self) -> frozenset[Part]:
        """The parts of the profile that its reason speaks of; an older one may speak of any."""
        return frozenset(area(str(code)) for code in self.codes) or frozenset(Part)
