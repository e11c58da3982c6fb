"""One's own page: what a client sees of us, who saw it, and whom they let see of it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from alongside.parts import registry
from alongside.parts.part import Part

PART = Part(
    name="mine",
    label=_("One’s own page"),
    about=_("A client’s page, who saw it, and whom they let see of it."),
    can_be_off=False,
    rights={"seen": _("who saw my page")},
    slots={"office.client": "alongside.mine.views.staff.on_clients_page"},
    says={
        "mine.add_passkey": _("%(who)s added a passkey to this person’s own page."),
        "mine.remove_passkey": _("%(who)s took a passkey to this person’s own page away."),
        "mine.ask": _("%(who)s sent this person the link they asked for."),
        "mine.choose": _("%(who)s opened this person’s own page."),
        "mine.end_sharing": _("%(who)s ended what somebody close may see of this person’s page."),
        "mine.let_see": _("%(who)s let somebody close see a part of this person’s page."),
        "mine.see_people": _("%(who)s looked at who may see this person’s page."),
        "mine.see_page": _("%(who)s looked at this person’s own page."),
        "mine.see_seen": _("%(who)s looked at who saw this person’s page."),
        "mine.sign_out": _("%(who)s signed out of this person’s own page."),
    },
    tells={
        "mine.add_passkey": _("%(who)s added a passkey to your page."),
        "mine.remove_passkey": _("%(who)s took a passkey to your page away."),
        "mine.ask": _("%(who)s sent the link to your page that was asked for."),
        "mine.choose": _("%(who)s signed in to your page."),
        "mine.end_sharing": _("%(who)s ended what somebody close may see of your page."),
        "mine.let_see": _("%(who)s let somebody close see a part of your page."),
        "mine.see_people": _("%(who)s looked at who may see your page."),
        "mine.see_page": _("%(who)s looked at your page."),
        "mine.see_seen": _("%(who)s looked at who saw your page."),
        "mine.sign_out": _("%(who)s signed out of your page."),
    },
)


class MineConfig(AppConfig):
    """Registers the part."""

    name = "alongside.mine"
    label = "mine"

    def ready(self) -> None:
        """Make the part known."""
        registry.add(PART)
