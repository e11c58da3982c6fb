"""Who signs in, who works here, and who comes to us."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.clinics.scoped import Keyed, OfClinic
from alongside.people.plain import plain


class UserManager(BaseUserManager["User"]):
    """Finds people who can sign in."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by e-mail address, however it is written."""
        return self.get(email=(username or "").lower())


class User(Keyed, AbstractBaseUser, PermissionsMixin):
    """A person who can sign in. What they may do is said by their roles in a clinic."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=5, blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What somebody does in a clinic."""

    DESK = "desk", _("Front desk")
    THERAPIST = "therapist", _("Therapist")
    TRAINER = "trainer", _("Trainer")
    MANAGER = "manager", _("Manager")


# Whoever looks after a whole network works in its office, which has no clients. Not a `Role`: no
# clinic's page offers it, and only `alongside network` gives it.
NETWORK_ROLE = "network"


class Staff(OfClinic):
    """Somebody who works in this clinic."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="works_as")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=40)
    profession = models.CharField(_("profession"), max_length=60, blank=True)
    about = models.TextField(_("a few words for new clients"), blank=True)
    photo = models.TextField(_("photo"), blank=True, editable=False)
    kinds = models.ManyToManyField("clinics.VisitKind", blank=True, related_name="+")
    is_active = models.BooleanField(default=True)
    # The secret in the address of this therapist's calendar feed, stored hashed.
    feed_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "user"],
                name="one_role_a_clinic",
                violation_error_message=_("This person already works in this clinic."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Client(OfClinic):
    """A person who comes to us. No age, no diagnosis: what is hard to do, and what helps."""

    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80, blank=True)
    called = models.CharField(_("likes to be called"), max_length=80, blank=True)
    said = models.CharField(_("how to say it"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=5, default="en")
    email = models.EmailField(_("e-mail address"), blank=True)
    mobile = models.CharField(_("mobile telephone"), max_length=20, blank=True)
    prefers = models.CharField(
        _("would rather hear by"),
        max_length=8,
        choices=[("email", _("e-mail")), ("sms", _("text message")), ("none", _("nothing sent"))],
        default="email",
    )
    # What this person's plan asks for; a shorter booking is warned about (no conveyor belt).
    planned_minutes = models.DurationField(_("time the plan asks for"), null=True, blank=True)
    # The clinic's own number for this person, to find them again in an import.
    number = models.CharField(_("client number"), max_length=40, blank=True)
    # Names, number and mobile without accents or capitals: what a search looks through.
    found_by = models.CharField(max_length=400, blank=True, editable=False)
    # Counts every change, so that two people never overwrite each other unseen.
    version = models.PositiveIntegerField(default=1, editable=False)
    # Nothing is known of this person any more; the row stays, for the record speaks of its key.
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    KEPT_WHEN_ERASED: ClassVar[frozenset[str]] = frozenset({"version", "erased_at"})

    class Meta:
        ordering = ["first_name", "last_name"]
        indexes = [
            models.Index(fields=["clinic", "last_name", "first_name"]),
            # Whoever asks for a link to their page types an address, and says no clinic.
            models.Index(Lower("email"), name="client_by_email"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "number"],
                condition=~models.Q(number=""),
                name="client_number_once",
                violation_error_message=_("Another client already has this number."),
            )
        ]

    def __str__(self) -> str:
        return self.goes_by

    @property
    def goes_by(self) -> str:
        """The name this person likes to be called by."""
        if self.erased_at:
            return gettext("somebody whose data were erased")
        return self.called or self.first_name

    @property
    def full_name(self) -> str:
        """First and last name, to tell two people apart."""
        return f"{self.first_name} {self.last_name}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what a search looks through true to the names and numbers."""
        named = (self.first_name, self.last_name, self.called, self.said, self.number)
        digits = "".join(sign for sign in self.mobile if sign.isdigit())
        self.found_by = plain(" ".join([*named, digits]))[:400]
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "found_by"}
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Ask for the address that the chosen way of hearing needs."""
        if self.prefers == "email" and not self.email:
            self.prefers = "sms" if self.mobile else "none"
        if self.prefers == "sms" and not self.mobile:
            raise ValidationError({"mobile": _("Add a mobile number, or choose another way.")})
        if self.planned_minutes is not None and self.planned_minutes <= timedelta(0):
            raise ValidationError({"planned_minutes": _("This must be at least a minute.")})


class Card(OfClinic):
    """ "Before you meet me": told once, read by whoever meets this person next (R10, R32, R33)."""

    client = models.OneToOneField(Client, on_delete=models.CASCADE, related_name="card")
    helps = models.TextField(_("what helps me"), blank=True)
    avoid = models.TextField(_("please avoid"), blank=True)
    interpreter = models.CharField(_("interpreter"), max_length=80, blank=True)
    mobility = models.TextField(_("how I move around"), blank=True)
    culture = models.TextField(_("my culture and customs"), blank=True)
    small_talk = models.TextField(_("I like to talk about"), blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    # Counts every change, so that two people never overwrite each other unseen.
    version = models.PositiveIntegerField(default=1, editable=False)

    SHOWN: ClassVar[list[str]] = [
        "helps",
        "avoid",
        "interpreter",
        "mobility",
        "culture",
        "small_talk",
    ]

    def lines(self) -> list[tuple[str, str]]:
        """Give what is written on the card, heading and text, leaving out what is blank."""
        return [
            (str(getattr(self._meta.get_field(name), "verbose_name", name)), getattr(self, name))
            for name in self.SHOWN
            if getattr(self, name)
        ]


class Relation(models.TextChoices):
    """Who somebody is to a client."""

    PARTNER = "partner", _("partner")
    PARENT = "parent", _("parent or guardian of a child")
    GROWN_CHILD = "child", _("son or daughter")
    SIBLING = "sibling", _("brother or sister")
    FRIEND = "friend", _("friend or neighbour")
    CARER = "carer", _("carer or helper")
    OTHER = "other", _("somebody else close")


class CloseOne(OfClinic):
    """Somebody a client lets see a part of their page: what, from when until when, who agreed.

    A row is never edited, only ended, and another added: what was agreed stays as it was.
    """

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="close_ones")
    name = models.CharField(_("name"), max_length=120)
    relation = models.CharField(_("who they are to you"), max_length=8, choices=Relation.choices)
    email = models.EmailField(_("e-mail address"))
    mobile = models.CharField(_("mobile telephone"), max_length=20, blank=True)
    language = models.CharField(_("language"), max_length=5, default="en")
    # The names of rights (`rights` of each part's card); none of them means nothing is seen.
    rights = models.JSONField(_("may see"), default=list, blank=True)
    may_act = models.BooleanField(_("may also act for me"), default=False)
    begins_on = models.DateField(_("from"))
    # It ends when this day begins, by the clinic's clock: the day a child decides alone.
    until_on = models.DateField(_("until"), null=True, blank=True)
    added_at = models.DateTimeField()
    # Who put the client's agreement on record, and how it was given.
    agreed_by = models.CharField(max_length=120)
    agreed_how = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["name", "added_at"]
        indexes = [
            models.Index(Lower("email"), name="close_one_by_email"),
            models.Index(fields=["client", "ended_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on=None) | models.Q(until_on__gt=models.F("begins_on")),
                name="close_ones_until_is_later",
                violation_error_message=_("The last day must be later than the first."),
            ),
            models.CheckConstraint(
                condition=~models.Q(relation="parent") | models.Q(until_on__isnull=False),
                name="a_parents_view_ends",
                violation_error_message=_("Say from which day on the child decides alone."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_current(self, today: date) -> bool:
        """Tell whether this holds on a day of the clinic's calendar."""
        has_begun = self.begins_on <= today
        return (
            self.ended_at is None and has_begun and (self.until_on is None or today < self.until_on)
        )
