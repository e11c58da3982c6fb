"""The welcome, whole on one screen: wishes during a wait, hopes before a first visit."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from alongside.parts import registry
from alongside.parts.part import Part

PANELS = "alongside.welcome.views.panels"

PART = Part(
    name="welcome",
    label=_("Welcome"),
    about=_("What somebody wishes for while they wait, and what they hope for before they come."),
    slots={
        "client.visit": f"{PANELS}.while_you_wait",
        "client.arrival": f"{PANELS}.before_you_come",
        "letter.confirmation": f"{PANELS}.in_the_letter",
        "board.row": f"{PANELS}.on_the_rows",
        "board.panel": f"{PANELS}.wishes",
        "board.visit": f"{PANELS}.about_visit",
        "office.client": f"{PANELS}.about_client",
    },
    holds={
        "welcome.Wish": _("What they wished for while they waited"),
        "welcome.Offer": _("What was offered while they waited"),
        "welcome.Hopes": _("What they hoped for and what worried them"),
    },
    says={
        "welcome.make_wish": _("%(who)s asked for something while waiting."),
        "welcome.withdraw_wish": _("%(who)s no longer needs what was asked for."),
        "welcome.take_wish": _("%(who)s went to see to a wish."),
        "welcome.let_go": _("%(who)s could not see to a wish after all."),
        "welcome.finish_wish": _("%(who)s saw to a wish."),
        "welcome.say_hopes": _("%(who)s said what they hope for and what worries them."),
        "welcome.offer": _("%(who)s offered something during the wait."),
        "welcome.take_back_offer": _("%(who)s took back the note that something was offered."),
    },
    tells={
        "welcome.make_wish": _("%(who)s asked for something while you were waiting."),
        "welcome.withdraw_wish": _("%(who)s noted that you no longer need what was asked for."),
        "welcome.take_wish": _("%(who)s went to see to your wish."),
        "welcome.let_go": _("%(who)s could not see to your wish after all."),
        "welcome.finish_wish": _("%(who)s saw to your wish."),
        "welcome.say_hopes": _("%(who)s said what you hope for and what worries you."),
        "welcome.offer": _("%(who)s offered you something during the wait."),
        "welcome.take_back_offer": _("%(who)s took back the note that you were offered something."),
    },
)


class WelcomeConfig(AppConfig):
    """Registers the part."""

    name = "alongside.welcome"
    label = "welcome"

    def ready(self) -> None:
        """Make the part known."""
        registry.add(PART)
