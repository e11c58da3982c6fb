"""Needs, whole on one screen: what is hard for somebody, what helps, and what we can offer."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from alongside.parts import registry
from alongside.parts.part import NavEntry, Part

PANELS = "alongside.needs.views.panels"

PART = Part(
    name="needs",
    label=_("Needs"),
    about=_("What is hard for a client and what helps, and which of our services cover it."),
    can_be_off=False,
    nav=(NavEntry(label=_("Services"), url_name="needs:services", icon="help", order=65),),
    # Parts of one right: an address asks for "needs", the pages show what was given.
    rights={
        "needs.activities": _("what is hard for me: in my days"),
        "needs.body": _("what is hard for me: my body and my senses"),
        "needs.mind": _("what is hard for me: my mind, sleep and mood"),
        "needs.surroundings": _("what is around me: what is in my way, and what helps"),
    },
    slots={
        "mine.home": f"{PANELS}.on_own_page",
        "office.client": f"{PANELS}.about_client",
        "board.visit": f"{PANELS}.about_visit",
    },
    holds={
        "needs.Extent": _("What is hard for them, and what helps"),
        "needs.Proposal": _("Services that we offered to them"),
        "needs.Sharing": _("Whom of us they let see a part of it"),
    },
    says={
        "needs.see": _("%(who)s looked at what is hard for this person."),
        "needs.read": _("%(who)s read this person’s needs."),
        "needs.say": _("%(who)s said how hard something is."),
        "needs.enter": _("%(who)s entered how hard something is for this person."),
        "needs.offer": _("%(who)s offered a service to this person."),
        "needs.accept": _("%(who)s said yes to a service."),
        "needs.decline": _("%(who)s said no to a service."),
        "needs.see_who": _("%(who)s looked at whom of us this person lets see their needs."),
        "needs.let_see": _("%(who)s said whom of us this person lets see a part of their needs."),
        "needs.keep_service": _("%(who)s changed what the clinic can offer."),
    },
    tells={
        "needs.see": _("%(who)s looked at what is hard for you."),
        "needs.read": _("%(who)s read your needs."),
        "needs.enter": _("%(who)s entered how hard something is for you."),
        "needs.offer": _("%(who)s offered a service to you."),
        "needs.see_who": _("%(who)s looked at whom of us you let see your needs."),
        "needs.let_see": _("%(who)s noted whom of us you let see a part of your needs."),
    },
)


class NeedsConfig(AppConfig):
    """Registers the part."""

    name = "alongside.needs"
    label = "needs"

    def ready(self) -> None:
        """Make the part known."""
        registry.add(PART)
