"""Life and questions, whole on one screen."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from alongside.parts import registry
from alongside.parts.part import NavEntry, Part

PANELS = "alongside.life.views.panels"

PART = Part(
    name="life",
    label=_("Life and questions"),
    about=_("A client’s life as they tell it, what happens in it, and every question."),
    can_be_off=False,
    nav=(NavEntry(label=_("Questions"), url_name="life:to-do", icon="help", order=55),),
    rights={"questions": _("my questions, and ask some"), "life": _("my life as I tell it")},
    holds={
        "life.Item": _("Their life as they tell it"),
        "life.Event": _("What happened in their life"),
        "life.Question": _("Their questions and the answers"),
    },
    slots={
        "mine.home": f"{PANELS}.on_own_page",
        "office.client": f"{PANELS}.about_client",
        "board.row": f"{PANELS}.on_the_rows",
    },
    says={
        "life.see_own": _("%(who)s looked at this person’s life and questions."),
        "life.read": _("%(who)s read this person’s life and questions."),
        "life.see_to_do": _("%(who)s looked at the open questions."),
        "life.ask": _("%(who)s asked a question."),
        "life.see_question": _("%(who)s read a question."),
        "life.take_question": _("%(who)s takes care of a question."),
        "life.answer": _("%(who)s answered a question."),
        "life.tell_event": _("%(who)s told something that happened."),
        "life.review": _("%(who)s looked at the plan again."),
        "life.agree": _("%(who)s said yes to what changes in the plan."),
        "life.decline": _("%(who)s said no to what changes in the plan."),
        "life.add_item": _("%(who)s added to this person’s life."),
        "life.end_item": _("%(who)s ended something of this person’s life."),
        "life.take_part": _("%(who)s said where we take part in this person’s life."),
    },
    tells={
        "life.see_own": _("%(who)s looked at your life and questions."),
        "life.read": _("%(who)s read your life and questions."),
        "life.see_to_do": _("%(who)s looked at your open questions."),
        "life.see_question": _("%(who)s read your question."),
        "life.take_question": _("%(who)s takes care of your question."),
        "life.answer": _("%(who)s answered your question."),
        "life.review": _("%(who)s looked at your plan again."),
        "life.add_item": _("%(who)s added to your life as you tell it."),
        "life.end_item": _("%(who)s ended something of your life as you tell it."),
        "life.take_part": _("%(who)s said where we take part in your life."),
    },
)


class LifeConfig(AppConfig):
    """Registers the part."""

    name = "alongside.life"
    label = "life"

    def ready(self) -> None:
        """Make the part known."""
        registry.add(PART)
