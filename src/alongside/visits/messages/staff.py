"""What the board says to staff: the plain noun and the number."""

from django.utils.translation import gettext as _

from alongside.ui.templatetags.ui import clock
from alongside.visits.models import State, Step, Visit


def done_words(verb: str, visit: Visit) -> str:
    """What was just done, beside the way back."""
    name = {"name": visit.client.goes_by}
    return {
        "check_in": _("%(name)s is checked in.") % name,
        "call": _("%(name)s is called.") % name,
        "start": _("%(name)s has gone in.") % name,
        "finish": _("%(name)s’s visit is finished.") % name,
        "did_not_come": _("%(name)s did not come.") % name,
        "client_is_late": _("%(name)s will be late.") % name,
        "undo": _("Undone: %(name)s is as before.") % name,
        "said": _("Noted: %(name)s has been told.") % name,
    }.get(verb, "")


def verb_words(verb: str) -> str:
    """A step, as the list of what was done names it."""
    return {
        "check_in": _("Checked in"),
        "call": _("Called"),
        "start": _("Started"),
        "finish": _("Finished"),
        "did_not_come": _("Did not come"),
        "client_is_late": _("Said to be late"),
        "say_mood": _("Said how they are"),
        "move": _("Moved"),
        "swap": _("Changed places"),
        "change": _("Changed"),
        "cancel": _("Cancelled"),
        "confirm": _("Confirmed"),
        "undo": _("Undo"),
    }.get(verb, verb)


def refusal_words(verb: str, visit: Visit) -> str:
    """Why a step was not taken: what the visit is now, who made it so, and when."""
    last = Step.objects.filter(visit=visit, undone_at=None).order_by("-at", "-id").first()
    said = {
        "wanted": verb_words(verb),
        "name": visit.client.goes_by,
        "state": State(visit.state).label,
    }
    if last is None:
        return _("Nothing was changed. You wanted: %(wanted)s. %(name)s is now: %(state)s.") % said
    said["who"] = last.actor_label or _("Somebody")
    said["at"] = clock(last.at, visit.clinic.zone)
    return (
        _(
            "Nothing was changed. You wanted: %(wanted)s. %(who)s was faster at %(at)s: "
            "%(name)s is now: %(state)s."
        )
        % said
    )
