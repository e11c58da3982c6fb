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
    rights={"needs": _("what is hard for me, and what helps")},
    slots={
        "mine.home": f"{PANELS}.on_own_page",
        "office.client": f"{PANELS}.about_client",
    },
    holds={
        "needs.Extent": _("What is hard for them, and what helps"),
        "needs.Proposal": _("Services that we offered to them"),
    },
    says={
        "needs.see": _("%(who)s looked at what is hard for this person."),
        "needs.read": _("%(who)s read this person’s needs."),
        "needs.say": _("%(who)s said how hard something is."),
        "needs.enter": _("%(who)s entered how hard something is for this person."),
        "needs.offer": _("%(who)s offered a service to this person."),
        "needs.accept": _("%(who)s said yes to a service."),
        "needs.decline": _("%(who)s said no to a service."),
        "needs.keep_service": _("%(who)s changed what the clinic can offer."),
    },
    tells={
        "needs.see": _("%(who)s looked at what is hard for you."),
        "needs.read": _("%(who)s read your needs."),
        "needs.enter": _("%(who)s entered how hard something is for you."),
        "needs.offer": _("%(who)s offered a service to you."),
    },
)


class NeedsConfig(AppConfig):
    """Registers the part."""

    name = "alongside.needs"
    label = "needs"

    def ready(self) -> None:
        """Make the part known."""
        registry.add(PART)
