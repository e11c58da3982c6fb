"""Measures, whole on one screen: questionnaires and tests, their scores, and alerts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from alongside.parts import registry
from alongside.parts.part import NavEntry, Part

PANELS = "alongside.measures.views.panels"

PART = Part(
    name="measures",
    label=_("Measures"),
    about=_("Questionnaires and tests, what they come to, and what a change is worth."),
    can_be_off=False,
    nav=(NavEntry(label=_("Alerts"), url_name="measures:alerts", icon="warn", order=60),),
    rights={"measures": _("my questionnaires")},
    slots={
        "mine.home": f"{PANELS}.on_own_page",
        "office.client": f"{PANELS}.about_client",
        "board.panel": f"{PANELS}.alerts",
    },
    holds={
        "measures.Filling": _("Questionnaires and their answers"),
        "measures.Alert": _("Answers that could not wait"),
    },
    says={
        "measures.see_own": _("%(who)s looked at this person’s questionnaires."),
        "measures.read": _("%(who)s read this person’s measures."),
        "measures.see_alerts": _("%(who)s looked at the alerts."),
        "measures.ask": _("%(who)s asked this person to fill in a questionnaire."),
        "measures.withdraw": _("%(who)s withdrew a questionnaire."),
        "measures.finish": _("%(who)s finished a questionnaire."),
        "measures.alert": _("An answer by %(who)s needed somebody at once."),
        "measures.take_alert": _("%(who)s went to talk with this person."),
        "measures.close_alert": _("%(who)s said what was done."),
        "measures.load_text": _("%(who)s confirmed a licence and loaded a questionnaire’s text."),
        "measures.end_text": _("%(who)s ended the use of a questionnaire’s text."),
        "measures.name_responder": _("%(who)s named somebody who hears alerts."),
        "measures.remove_responder": _("%(who)s took a name away from those who hear alerts."),
    },
    tells={
        "measures.see_own": _("%(who)s looked at your questionnaires."),
        "measures.read": _("%(who)s read your measures."),
        "measures.see_alerts": _("%(who)s saw that somebody should talk with you."),
        "measures.ask": _("%(who)s asked you to fill in a questionnaire."),
        "measures.take_alert": _("%(who)s went to talk with you."),
    },
)


class MeasuresConfig(AppConfig):
    """Registers the part."""

    name = "alongside.measures"
    label = "measures"

    def ready(self) -> None:
        """Make the part known."""
        registry.add(PART)
