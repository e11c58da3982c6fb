"""Care plans, whole on one screen: visit notes, and who should be called."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from alongside.parts import registry
from alongside.parts.part import NavEntry, Part

PANELS = "alongside.careplans.views.panels"

PART = Part(
    name="careplans",
    label=_("Visit notes and follow-ups"),
    about=_("What was done at each visit, the next step, and who should be called."),
    can_be_off=False,
    nav=(
        NavEntry(label=_("Follow-ups"), url_name="careplans:follow-ups", icon="person", order=57),
        NavEntry(label=_("Listening"), url_name="careplans:listening", icon="voice", order=58),
    ),
    rights={"notes": _("what we did at my visits, and the next step")},
    holds={
        "careplans.Note": _("Notes on their visits"),
        "careplans.StepAnswer": _("What they said to the next step"),
        "careplans.FollowUp": _("Calls after a silence"),
        "careplans.Heard": _("Whether they felt listened to"),
    },
    slots={
        "mine.home": f"{PANELS}.on_own_page",
        "client.after": f"{PANELS}.after_visit",
        "office.client": f"{PANELS}.about_client",
        "board.visit": f"{PANELS}.about_visit",
    },
    says={
        "careplans.see_own": _("%(who)s looked at what was done at this person’s visits."),
        "careplans.read": _("%(who)s read the notes on this person’s visits."),
        "careplans.write_note": _("%(who)s wrote a note on a visit of this person."),
        "careplans.correct_note": _("%(who)s corrected a note on a visit of this person."),
        "careplans.see_plan": _("%(who)s looked at how this person’s plan has changed."),
        "careplans.agree_to_step": _("%(who)s said yes to the next step."),
        "careplans.decline_step": _("%(who)s said no to the next step."),
        "careplans.see_follow_ups": _("%(who)s looked at who should be called."),
        "careplans.say_heard": _("%(who)s told whether they were listened to."),
        "careplans.take_call": _("%(who)s takes care of calling this person."),
        "careplans.close_call": _("%(who)s noted what came of calling this person."),
    },
    tells={
        "careplans.see_own": _("%(who)s looked at what was done at your visits."),
        "careplans.read": _("%(who)s read the notes on your visits."),
        "careplans.write_note": _("%(who)s wrote down what you did together."),
        "careplans.correct_note": _("%(who)s corrected what is written about your visit."),
        "careplans.see_plan": _("%(who)s looked at how your plan has changed."),
        "careplans.see_follow_ups": _("%(who)s saw that somebody should call you."),
        "careplans.take_call": _("%(who)s takes care of calling you."),
        "careplans.close_call": _("%(who)s noted what came of calling you."),
    },
)


class CareplansConfig(AppConfig):
    """Registers the part."""

    name = "alongside.careplans"
    label = "careplans"

    def ready(self) -> None:
        """Make the part known."""
        registry.add(PART)
