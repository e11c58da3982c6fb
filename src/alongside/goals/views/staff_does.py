"""What staff send from the page of a goal: a rating, our wording, the ladder, a level, a step.

What changes the plan says why, and whether the client said yes to it.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from alongside.access.asked import Asked
from alongside.clinics import clock
from alongside.goals.actions._change import Reason
from alongside.goals.actions._note import GoalIsOver
from alongside.goals.actions.in_our_words import (
    ChangedMeanwhile,
    put_in_our_words,
    say_level,
    set_ladder,
)
from alongside.goals.actions.rate import rate
from alongside.goals.actions.steps import add_step, do_step, drop_step, undo_step
from alongside.goals.forms import DropForm, LadderForm, OurStepForm, RatingForm, WordingForm
from alongside.goals.models import Goal, Step
from alongside.goals.queries.goals import ladder_of, step_of
from alongside.people.models import Staff
from alongside.rules.measures.gas import LEVELS

# Several forms stand on one page: each has its own names for what belongs to what.
IDS = {one: f"{one}_%s" for one in ("rating", "wording", "ladder", "step", "drop")}
STEP: dict[str, Callable[..., None]] = {"done": do_step, "undo": undo_step}


def forms_of(found: Goal) -> dict[str, object]:
    ladder = ladder_of(found)
    start = {"version": ladder.version} if ladder else {}
    return {
        "rating_form": RatingForm(meaning=found.get_meaning_display(), auto_id=IDS["rating"]),
        "wording_form": WordingForm(auto_id=IDS["wording"]),
        "ladder_form": LadderForm(instance=ladder, initial=start, auto_id=IDS["ladder"]),
        "step_form": OurStepForm(auto_id=IDS["step"]),
        "drop_form": DropForm(steps=_steps(found), auto_id=IDS["drop"]),
    }


Did = tuple[int, dict[str, object]]


def _rate(request: Asked, found: Goal) -> Did:
    form = RatingForm(request.POST, meaning=found.get_meaning_display(), auto_id=IDS["rating"])
    if not form.is_valid():
        return 422, {"rating_form": form}
    try:
        rate(found, **form.cleaned_data, by=request.actor, now=clock.now())
    except GoalIsOver:
        messages.error(request, _("Only a goal that the client works on can be rated."))
        return 409, {"rating_form": form}
    return 303, {}


def _word(request: Asked, found: Goal) -> Did:
    form = WordingForm(request.POST, auto_id=IDS["wording"])
    if not form.is_valid() or not form.cleaned_data["words"].strip():
        return 422, {"wording_form": form}
    put_in_our_words(
        found,
        words=form.cleaned_data["words"],
        reason=_reason(form.cleaned_data),
        staff=_me(request),
        by=request.actor,
        now=clock.now(),
    )
    return 303, {}


def _ladder(request: Asked, found: Goal) -> Did:
    form = LadderForm(request.POST, auto_id=IDS["ladder"])
    if not form.is_valid():
        return 422, {"ladder_form": form}
    version = form.cleaned_data["version"] or 0
    try:
        set_ladder(
            found,
            form.values(),
            version=version,
            reason=_reason(form.cleaned_data),
            staff=_me(request),
            by=request.actor,
            now=clock.now(),
        )
    except ChangedMeanwhile as other:
        return 409, {"ladder_form": form, "theirs": other.theirs}
    return 303, {}


def _level(request: Asked, found: Goal) -> Did:
    ladder = ladder_of(found)
    if ladder is None:
        raise Http404("ladder")
    try:
        level = float(request.POST.get("level", ""))
    except ValueError:
        raise Http404("level") from None
    if level not in LEVELS.allowed:
        raise Http404("level")
    say_level(ladder, level, staff=_me(request), by=request.actor, now=clock.now())
    return 303, {}


def _step(request: Asked, found: Goal) -> Did:
    act = STEP.get(request.POST.get("becomes", ""))
    if act is not None:
        try:
            known = step_of(UUID(request.POST.get("step", "")), found)
        except ValueError:
            known = None
        if known is None:
            raise Http404("step")
        act(known, by=request.actor, now=clock.now())
        return 303, {}
    form = OurStepForm(request.POST, auto_id=IDS["step"])
    if not form.is_valid() or not form.cleaned_data["words"].strip():
        return 422, {"step_form": form}
    sent = form.cleaned_data
    add_step(
        found,
        words=sent["words"],
        important=sent["important"],
        reason=_reason(sent),
        by=request.actor,
        now=clock.now(),
    )
    return 303, {}


def _drop(request: Asked, found: Goal) -> Did:
    form = DropForm(request.POST, steps=_steps(found), auto_id=IDS["drop"])
    if not form.is_valid():
        return 422, {"drop_form": form}
    known = step_of(UUID(form.cleaned_data["step"]), found)
    if known is None:
        raise Http404("step")
    drop_step(known, reason=_reason(form.cleaned_data), by=request.actor, now=clock.now())
    return 303, {}


def _steps(found: Goal) -> list[Step]:
    return [one for one in found.steps.all() if one.dropped_at is None]


def _reason(sent: dict[str, Any]) -> Reason:
    return Reason(why=sent["why"], agreed=sent["agreed"])


DOES: dict[str, Callable[[Asked, Goal], Did]] = {
    "rate": _rate,
    "word": _word,
    "ladder": _ladder,
    "level": _level,
    "step": _step,
    "drop": _drop,
}


def _me(request: Asked) -> Staff:
    return get_object_or_404(Staff, pk=request.actor.id or "")
