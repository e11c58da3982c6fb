"""Goals, whole on one screen: what clients want to do, in their words, and how it goes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from alongside.parts import registry
from alongside.parts.part import Part

PANELS = "alongside.goals.views.panels"

PART = Part(
    name="goals",
    label=_("Goals"),
    about=_("What a client wants to do, in their words; how it goes; what they have reached."),
    can_be_off=False,
    rights={"goals": _("my goals and how they go")},
    slots={
        "mine.home": f"{PANELS}.on_own_page",
        "office.client": f"{PANELS}.about_client",
        "board.visit": f"{PANELS}.about_visit",
    },
    holds={
        "goals.Goal": _("Their goals"),
        "goals.Step": _("Steps towards their goals"),
        "goals.Rating": _("How their goals went"),
        "goals.Achievement": _("What they did, however small"),
        "goals.Wording": _("How staff put their goals"),
        "goals.Ladder": _("The levels of their goals"),
        "goals.Level": _("Levels that were reached"),
        "goals.Change": _("What changed in their plan, and why"),
    },
    says={
        "goals.see_goals": _("%(who)s looked at this person’s goals."),
        "goals.read_goals": _("%(who)s read this person’s goals."),
        "goals.write": _("%(who)s wrote a goal."),
        "goals.write_down": _("%(who)s wrote down a goal in this person’s words."),
        "goals.agree": _("%(who)s agreed to a goal."),
        "goals.reach": _("%(who)s said that a goal is reached."),
        "goals.set_aside": _("%(who)s set a goal aside."),
        "goals.take_up": _("%(who)s took a goal up again."),
        "goals.rate": _("%(who)s told how a goal goes."),
        "goals.rate_with": _("%(who)s entered how a goal goes, together with this person."),
        "goals.add_step": _("%(who)s added a step to a goal."),
        "goals.do_step": _("%(who)s noted that a step is done."),
        "goals.undo_step": _("%(who)s noted that a step is not done after all."),
        "goals.drop_step": _("%(who)s dropped a step."),
        "goals.tell_achievement": _("%(who)s told something that this person did."),
        "goals.name_achievement": _("%(who)s named to this person what they did."),
        "goals.name_step": _("%(who)s named to this person how a goal has moved."),
        "goals.put_in_our_words": _("%(who)s put a goal in our words, beside this person’s."),
        "goals.set_ladder": _("%(who)s described the levels of a goal."),
        "goals.agree_to_change": _("%(who)s said yes to a change of a goal."),
        "goals.decline_change": _("%(who)s said no to a change of a goal."),
        "goals.say_level": _("%(who)s noted which level of a goal was reached."),
    },
    tells={
        "goals.see_goals": _("%(who)s looked at your goals."),
        "goals.read_goals": _("%(who)s read your goals."),
        "goals.write_down": _("%(who)s wrote down a goal in your words."),
        "goals.rate_with": _("%(who)s entered how a goal goes, together with you."),
        "goals.tell_achievement": _("%(who)s told something that you did."),
        "goals.name_achievement": _("%(who)s noted that we named to you what you did."),
        "goals.name_step": _("%(who)s noted that we named to you how a goal has moved."),
        "goals.put_in_our_words": _("%(who)s put a goal in our words, beside yours."),
    },
)


class GoalsConfig(AppConfig):
    """Registers the part."""

    name = "alongside.goals"
    label = "goals"

    def ready(self) -> None:
        """Make the part known."""
        registry.add(PART)
