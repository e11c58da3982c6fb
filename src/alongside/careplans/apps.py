"""Care plans, whole on one screen: visit notes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from alongside.parts import registry
from alongside.parts.part import Part

PANELS = "alongside.careplans.views.panels"

PART = Part(
    name="careplans",
    label=_("Visit notes"),
    about=_("What was done at each visit, and the next step."),
    can_be_off=False,
    rights={"notes": _("what we did at my visits, and the next step")},
    holds={"careplans.Note": _("Notes on their visits")},
    slots={
        "mine.home": f"{PANELS}.on_own_page",
        "office.client": f"{PANELS}.about_client",
        "board.visit": f"{PANELS}.about_visit",
    },
    says={
        "careplans.see_own": _("%(who)s looked at what was done at this person’s visits."),
        "careplans.read": _("%(who)s read the notes on this person’s visits."),
        "careplans.write_note": _("%(who)s wrote a note on a visit of this person."),
        "careplans.correct_note": _("%(who)s corrected a note on a visit of this person."),
    },
    tells={
        "careplans.see_own": _("%(who)s looked at what was done at your visits."),
        "careplans.read": _("%(who)s read the notes on your visits."),
        "careplans.write_note": _("%(who)s wrote down what you did together."),
        "careplans.correct_note": _("%(who)s corrected what is written about your visit."),
    },
)


class CareplansConfig(AppConfig):
    """Registers the part."""

    name = "alongside.careplans"
    label = "careplans"

    def ready(self) -> None:
        """Make the part known."""
        registry.add(PART)
