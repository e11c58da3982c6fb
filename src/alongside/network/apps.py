"""A network of clinics: its office sees numbers, and no client."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from alongside.parts import registry
from alongside.parts.part import NavEntry, Part

PART = Part(
    name="network",
    label=_("The network"),
    about=_("Clinics that belong together, in numbers; and a way in for an emergency."),
    can_be_off=False,
    nav=(NavEntry(label=_("Clinics"), url_name="network:home", icon="door", order=5),),
    slots={"board.panel": "alongside.network.views.entries.on_the_board"},
    says={
        "network.add_clinic": _("%(who)s added this clinic to the network."),
        "network.appoint": _("%(who)s made somebody look after the network."),
        "network.break_glass": _("%(who)s began to look into this clinic, and gave a reason."),
        "network.dismiss": _("%(who)s ended that somebody looks after the network."),
        "network.leave": _("%(who)s left this clinic again."),
        "network.see_entries": _("%(who)s read who of the network looked in, and why."),
    },
)


class NetworkConfig(AppConfig):
    """Registers the part."""

    name = "alongside.network"
    label = "network"

    def ready(self) -> None:
        """Make the part known."""
        registry.add(PART)
