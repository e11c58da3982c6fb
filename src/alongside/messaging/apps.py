"""What is sent to people, whole on one screen."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from alongside.parts import registry
from alongside.parts.part import Errand, NavEntry, Part

PART = Part(
    name="messaging",
    label=_("Messages"),
    about=_("What is sent to clients by e-mail, by text message and on their own page."),
    can_be_off=False,
    nav=(NavEntry(label=_("Messages"), url_name="messaging:sent", icon="message", order=60),),
    slots={"board.panel": "alongside.messaging.queries.not_sent_panel"},
    holds={"messaging.Message": _("Messages that were written to them")},
    says={
        "messaging.queue": _("%(who)s wrote a message to this person."),
        "messaging.read": _("%(who)s read a message that was sent."),
        "messaging.see_list": _("%(who)s saw the list of what was sent."),
        "messaging.send_again": _("%(who)s sent a message again."),
        "messaging.sent": _("%(who)s sent a message."),
        "messaging.withdraw": _("%(who)s took back a message that was no longer needed."),
    },
    tells={
        "messaging.queue": _("%(who)s wrote a message to you."),
        "messaging.read": _("%(who)s read a message that was sent to you."),
        "messaging.see_list": _("%(who)s saw in a list that a message was sent to you."),
        "messaging.send_again": _("%(who)s sent you a message again."),
        "messaging.sent": _("%(who)s sent you a message."),
        "messaging.withdraw": _("%(who)s took back a message to you that was no longer needed."),
    },
    errands={
        "alongside.messaging.errands.send_the_post": Errand(
            every=timedelta(seconds=1), where="alongside.messaging.queries.with_post"
        ),
    },
)


class MessagingConfig(AppConfig):
    """Registers the part."""

    name = "alongside.messaging"
    label = "messaging"

    def ready(self) -> None:
        """Make the part known."""
        registry.add(PART)
