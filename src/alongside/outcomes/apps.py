"""Outcomes, whole on one screen: what came of it for many people, by service and kind of goal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from alongside.parts import registry
from alongside.parts.part import NavEntry, Part

PART = Part(
    name="outcomes",
    label=_("Outcomes"),
    about=_("What came of it for many people together, by service and kind of goal; for the lead."),
    nav=(NavEntry(label=_("Outcomes"), url_name="outcomes:outcomes", icon="star", order=59),),
    says={
        "outcomes.keep_file": _("%(who)s kept the clinic’s outcomes as a file."),
    },
)


class OutcomesConfig(AppConfig):
    """Registers the part."""

    name = "alongside.outcomes"
    label = "outcomes"

    def ready(self) -> None:
        """Make the part known."""
        registry.add(PART)
