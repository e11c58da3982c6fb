"""What was said to whom, by which way, and whether it arrived there."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.clinics.scoped import ClinicManager, ClinicQuerySet, OfClinic

# Whoever claimed a message and has said nothing for so long has died; another may send it.
CLAIM_HOLDS = timedelta(minutes=2)


class ChannelName(models.TextChoices):
    """By which way a message goes."""

    EMAIL = "email", _("e-mail")
    SMS = "sms", _("text message")
    APP = "app", _("their own page")


class State(models.TextChoices):
    """Where a message is."""

    WAITING = "waiting", _("On its way")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not sent")
    WITHDRAWN = "withdrawn", _("No longer needed")


class Why(models.TextChoices):
    """Why a message was not sent, in plain words."""

    NO_ADDRESS = "no_address", _("We have no address to send to. Add one, then send again.")
    EMAIL_NOT_SET_UP = "email_not_set_up", _("E-mail is not set up.")
    SMS_NOT_SET_UP = "sms_not_set_up", _("Text messages are not set up.")
    SIGN_IN = "sign_in", _("The service does not accept our account. Check the settings.")
    BAD_ADDRESS = "bad_address", _("This address does not exist. Correct it, then send again.")
    NO_COUNTRY = (
        "no_country",
        _("The number needs its country in front, like +33. Correct it, then send again."),
    )
    STOPPED = "stopped", _("This person asked their telephone company to stop our texts.")
    REFUSED = "refused", _("The service refused this message.")
    BUSY = "busy", _("The service is too busy just now.")
    NO_ANSWER = "no_answer", _("The service does not answer.")
    NOT_WISHED = "not_wished", _("This person asked us to send them nothing.")
    TOO_LATE = "too_late", _("It could not be sent while it was still useful.")
    SAYS_NAME = "says_name", _("Held back: it seems to carry a last name.")
    SAYS_CARD = "says_card", _("Held back: it seems to carry words from the client’s card.")
    SAYS_ASKED = "says_asked", _("Held back: it seems to tell what the visit is about.")
    SAYS_CARE = "says_care", _("Held back: it seems to tell what kind of care this is.")
    BROKEN = "broken", _("Something broke on our side.")


SAYS_TOO_MUCH = (Why.SAYS_NAME, Why.SAYS_CARD, Why.SAYS_ASKED, Why.SAYS_CARE)


class MessageQuerySet(ClinicQuerySet["Message"]):
    """Messages, as people ask for them."""

    def in_state(self, state: str) -> Self:
        """Messages that are waiting, sent, failed or withdrawn."""
        return self.filter(IN_STATE[State(state)])

    def due(self, now: datetime) -> Self:
        """Messages to send by now that nobody is sending; the urgent, then the oldest first."""
        free = Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM_HOLDS)
        waiting = self.in_state(State.WAITING).filter(free, send_after__lte=now)
        return waiting.order_by("-urgent", "send_after", "id")


class MessageManager(ClinicManager["Message"].from_queryset(MessageQuerySet)):  # type: ignore[misc]
    """This clinic's messages."""


class Message(OfClinic):
    """One thing said to one client by one way."""

    client = models.ForeignKey("people.Client", on_delete=models.PROTECT, related_name="messages")
    # What it is about, like a visit. No foreign key: messages stand below the parts that send.
    about = models.UUIDField(null=True, blank=True)
    template = models.CharField(max_length=60)
    channel = models.CharField(max_length=8, choices=ChannelName.choices)
    to = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=5)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    calendar = models.TextField(blank=True)
    urgent = models.BooleanField(default=False)
    # It carries a key to a page, asked for just now: it goes to this address alone, staff never
    # read it, and its text is forgotten as soon as it went.
    secret = models.BooleanField(default=False, editable=False)
    # The same thing is never queued twice; "" for what may be said as often as it happens.
    key = models.CharField(max_length=120, blank=True)
    queued_at = models.DateTimeField()
    send_after = models.DateTimeField()
    useful_until = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # A `Why`; no choices here, so that a better sentence needs no migration.
    last_error = models.CharField(max_length=20, blank=True)
    # What the service itself answered, for whoever has to look into it.
    said_by_service = models.CharField(max_length=300, blank=True)
    provider_id = models.CharField(max_length=200, blank=True)

    objects: ClassVar[MessageManager] = MessageManager()

    class Meta:
        ordering = ["-queued_at", "-id"]
        indexes = [
            models.Index(fields=["clinic", "-queued_at"]),
            models.Index(fields=["client", "about"]),
            models.Index(
                fields=["clinic", "send_after"],
                condition=Q(sent_at=None, failed_at=None, withdrawn_at=None),
                name="messages_to_send",
            ),
            models.Index(
                fields=["clinic", "failed_at"],
                condition=Q(failed_at__isnull=False),
                name="messages_not_sent",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "key", "channel"],
                condition=~Q(key=""),
                name="said_once",
                violation_error_message=_("This message is already in the list."),
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, failed_at=None)
                | Q(sent_at=None, withdrawn_at=None)
                | Q(failed_at=None, withdrawn_at=None),
                name="a_message_ends_one_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} ({self.channel})"

    @property
    def state(self) -> State:
        """Where this message is."""
        if self.sent_at:
            return State.SENT
        if self.failed_at:
            return State.FAILED
        return State.WITHDRAWN if self.withdrawn_at else State.WAITING

    @property
    def why(self) -> str:
        """Why it was not sent, in words for staff; "" when there is no reason."""
        return str(Why(self.last_error).label) if self.last_error else ""

    @property
    def was_held_back(self) -> bool:
        """Whether it was not sent because it seemed to say too much."""
        return self.state is State.FAILED and self.last_error in SAYS_TOO_MUCH

    @property
    def waits_for_morning(self) -> bool:
        """Whether it was written in the quiet hours, and waits for their end."""
        return (
            self.state is State.WAITING and not self.attempts and self.send_after > self.queued_at
        )

    @property
    def tried_in_vain(self) -> bool:
        """Whether it was tried, did not go, and will be tried again."""
        return self.state is State.WAITING and bool(self.last_error)


IN_STATE = {
    State.WAITING: Q(sent_at=None, failed_at=None, withdrawn_at=None),
    State.SENT: Q(sent_at__isnull=False),
    State.FAILED: Q(failed_at__isnull=False),
    State.WITHDRAWN: Q(withdrawn_at__isnull=False),
}
