"""The network, the clinic, its rooms, hours and kinds of visit."""

import secrets
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alongside.clinics.scoped import Keyed, OfClinic


def known_zone(name: str) -> None:
    """Refuse a time zone that nobody knows."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValidationError(
            _("“%(name)s” is not a time zone we know. Try one like Europe/Paris."),
            params={"name": name},
        ) from None


def new_door_code() -> str:
    """Make the unguessable end of the address on the poster at the door."""
    return secrets.token_urlsafe(16)


class Network(Keyed):
    """Clinics that belong together."""

    name = models.CharField(_("name"), max_length=120)

    def __str__(self) -> str:
        return self.name


class Clinic(Keyed):
    """One place that people come to."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="clinics")
    name = models.CharField(_("name of the clinic"), max_length=120)
    # What e-mail and SMS call us: it must not tell a stranger what kind of care this is.
    sender_name = models.CharField(_("neutral name for messages"), max_length=40, blank=True)
    zone_name = models.CharField(
        _("time zone"), max_length=64, default="Europe/Paris", validators=[known_zone]
    )
    languages = models.JSONField(_("languages"), default=list)
    address = models.TextField(_("address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    way_in = models.TextField(_("how to get in"), blank=True)
    way_in_fr = models.TextField(_("how to get in, French"), blank=True)
    bring = models.TextField(_("what to bring"), blank=True)
    bring_fr = models.TextField(_("what to bring, French"), blank=True)
    remind_before = models.DurationField(_("remind before"), default=timedelta(days=1))
    change_until = models.DurationField(
        _("change or cancel by oneself until"), default=timedelta(hours=24)
    )
    quiet_from = models.TimeField(_("no messages from"), default=time(20))
    quiet_to = models.TimeField(_("no messages until"), default=time(8))
    # Shorter than each role's own (rules/door/staying.py); left empty, that one holds.
    stay_idle = models.DurationField(
        _("signed out after so long without a touch"), null=True, blank=True
    )
    stay_longest = models.DurationField(_("signed out after so long"), null=True, blank=True)
    # From this age a young person decides alone who sees their page; no birthday is kept.
    decides_from = models.PositiveSmallIntegerField(
        _("from this age a young person decides alone"), default=16
    )
    # On their own pages, where their browser can: it may send the sound to its maker.
    may_talk = models.BooleanField(_("People may talk instead of typing"), default=True)
    # The office of a network: nobody comes to it, and whoever works in it sees no client.
    is_office = models.BooleanField(default=False, editable=False)
    # Only for those who can open it again: with a PIN or a passkey. None: by hand only.
    lock_after = models.DurationField(
        _("lock a screen after so long without a touch"),
        null=True,
        blank=True,
        default=timedelta(minutes=5),
    )
    parts_off = models.JSONField(_("parts switched off"), default=list, blank=True)
    door_code = models.CharField(max_length=64, unique=True, editable=False, default=new_door_code)

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The clinic's own time zone: days and clock times belong to it."""
        return ZoneInfo(self.zone_name)

    @property
    def called_in_messages(self) -> str:
        """The neutral name that a message may carry."""
        return self.sender_name or self.name

    def in_language(self, field: str) -> str:
        """Give a text of ours in the reader's language where we have it."""
        spoken = (get_language() or "en")[:2]
        return getattr(self, f"{field}_{spoken}", "") or getattr(self, field)


class Room(OfClinic):
    """Where a visit takes place."""

    name = models.CharField(_("name"), max_length=60)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "name"],
                name="room_named_once",
                violation_error_message=_("There is already a room with this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class OpeningHours(OfClinic):
    """When the clinic is open on a weekday (0 is Monday), in its own zone."""

    weekday = models.PositiveSmallIntegerField(_("weekday"))
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")),
                name="opens_before_it_closes",
                violation_error_message=_("The clinic must close after it opens."),
            ),
            models.CheckConstraint(
                condition=models.Q(weekday__lte=6), name="a_week_has_seven_days"
            ),
        ]


class VisitKind(OfClinic):
    """A kind of visit, with the minutes it is planned to take."""

    name = models.CharField(_("name"), max_length=60)
    name_fr = models.CharField(_("name, French"), max_length=60, blank=True)
    planned = models.DurationField(_("planned length"), default=timedelta(minutes=45))
    is_first = models.BooleanField(_("a first visit"), default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "name"],
                name="kind_named_once",
                violation_error_message=_("There is already a kind of visit with this name."),
            ),
            models.CheckConstraint(
                condition=models.Q(planned__gt=timedelta(0)),
                name="a_visit_takes_time",
                violation_error_message=_("A visit must take at least a minute."),
            ),
        ]

    def __str__(self) -> str:
        spoken = (get_language() or "en")[:2]
        return self.name_fr if spoken == "fr" and self.name_fr else self.name
