"""A client's goals for staff: written down in the client's words, rated together, put beside."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.access.actions.once import do_once, own_key
from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.goals.actions._note import GoalIsOver
from alongside.goals.actions.achieve import name_achievement, name_step, tell_achievement
from alongside.goals.actions.in_our_words import (
    ChangedMeanwhile,
    put_in_our_words,
    say_level,
    set_ladder,
)
from alongside.goals.actions.rate import rate
from alongside.goals.actions.steps import add_step, do_step, drop_step, undo_step
from alongside.goals.actions.write import write_goal
from alongside.goals.forms import (
    AchievementForm,
    GoalForm,
    LadderForm,
    RatingForm,
    StepForm,
    WordingForm,
)
from alongside.goals.models import Achievement, Goal
from alongside.goals.queries.goals import (
    achievements_of,
    goal_of,
    goals_of,
    ladder_of,
    step_of,
    told_of,
    wording_of,
)
from alongside.goals.queries.ladders import t_of
from alongside.goals.views.pictures import drawn
from alongside.people.models import Client, Staff
from alongside.rules.measures.gas import LEVELS
from alongside.ui.see_other import see_other

GET_OR_POST = ["GET", "HEAD", "POST"]
STEP: dict[str, Callable[..., None]] = {"done": do_step, "undo": undo_step, "drop": drop_step}


@require_safe
def goals(request: Asked, client_id: UUID) -> HttpResponse:
    """Show what a client wants to do, in their words."""
    client = get_object_or_404(Client, pk=client_id)
    record_seen("goals.read_goals", [client.pk], by=request.actor, now=clock.now())
    told = [drawn(one, request.clinic.zone) for one in goals_of(client.pk)]
    context = {
        "client": client,
        "zone": request.clinic.zone,
        "groups": [
            (_("They work on"), [one for one in told if one.told.goal.is_active]),
            (_("Waiting for their yes"), [one for one in told if one.told.goal.is_asked]),
            (_("Reached"), [one for one in told if one.told.goal.reached_at]),
            (_("Set aside"), [one for one in told if one.told.goal.aside_at]),
        ],
        "achievements": achievements_of(client.pk),
        "gas": t_of(client.pk),
        "form": AchievementForm(),
    }
    return render(request, "goals/staff/goals.html", context)


@require_http_methods(GET_OR_POST)
def write_down(request: Asked, client_id: UUID) -> HttpResponse:
    """Write down a goal in the client's own words; it waits for their yes."""
    client = get_object_or_404(Client, pk=client_id)
    form = GoalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> dict[str, str]:
            made = write_goal(
                client, **form.cleaned_data, agrees=False, by=request.actor, now=clock.now()
            )
            return {"goal": str(made.pk)}

        key = own_key(request.actor, request.POST.get("key", ""))
        made = do_once(key, "goals.write_down", act, now=clock.now())
        return _see(client.pk, UUID(made["goal"]))
    context = {"client": client, "form": form}
    return render(
        request, "goals/staff/write_down.html", context, status=422 if form.errors else 200
    )


@require_http_methods(GET_OR_POST)
def goal(request: Asked, client_id: UUID, goal_id: UUID) -> HttpResponse:
    """Show a goal; enter a rating, our wording, the ladder, a level, a step."""
    found = _goal(client_id, goal_id)
    record_seen("goals.read_goals", [found.client_id], by=request.actor, now=clock.now())
    forms = _forms(found)
    status = 200
    if request.method == "POST":
        act = DOES.get(request.POST.get("do", ""))
        if act is None:
            raise Http404("do")
        status, wrong = act(request, found)
        if status < 400:
            return _see(found.client_id, found.pk)
        forms |= wrong
    ladder = ladder_of(found)
    context = {
        **forms,
        "client": found.client,
        "goal": found,
        "one": drawn(told_of(found), request.clinic.zone),
        "wording": wording_of(found),
        "ladder": ladder,
        "levels": list(ladder.levels.all()) if ladder else [],
        "choices": LEVELS.allowed,
        "zone": request.clinic.zone,
    }
    return render(request, "goals/staff/goal.html", context, status=status)


def _forms(found: Goal) -> dict[str, object]:
    ladder = ladder_of(found)
    start = {"version": ladder.version} if ladder else {}
    return {
        "rating_form": RatingForm(meaning=found.get_meaning_display()),
        "wording_form": WordingForm(),
        "ladder_form": LadderForm(instance=ladder, initial=start),
        "step_form": StepForm(),
    }


Did = tuple[int, dict[str, object]]


def _rate(request: Asked, found: Goal) -> Did:
    form = RatingForm(request.POST, meaning=found.get_meaning_display())
    if not form.is_valid():
        return 422, {"rating_form": form}
    try:
        rate(found, **form.cleaned_data, by=request.actor, now=clock.now())
    except GoalIsOver:
        messages.error(request, _("Only a goal that the client works on can be rated."))
        return 409, {"rating_form": form}
    return 303, {}


def _word(request: Asked, found: Goal) -> Did:
    form = WordingForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["words"].strip():
        return 422, {"wording_form": form}
    put_in_our_words(
        found,
        words=form.cleaned_data["words"],
        staff=_me(request),
        by=request.actor,
        now=clock.now(),
    )
    return 303, {}


def _ladder(request: Asked, found: Goal) -> Did:
    form = LadderForm(request.POST)
    if not form.is_valid():
        return 422, {"ladder_form": form}
    version = form.cleaned_data["version"] or 0
    try:
        set_ladder(
            found,
            form.values(),
            version=version,
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
    form = StepForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["words"].strip():
        return 422, {"step_form": form}
    add_step(found, **form.cleaned_data, by=request.actor, now=clock.now())
    return 303, {}


DOES: dict[str, Callable[[Asked, Goal], Did]] = {
    "rate": _rate,
    "word": _word,
    "ladder": _ladder,
    "level": _level,
    "step": _step,
}


@require_POST
def achieved(request: Asked, client_id: UUID) -> HttpResponse:
    """Write down what a client did, in their words."""
    client = get_object_or_404(Client, pk=client_id)
    form = AchievementForm(request.POST)
    if form.is_valid() and form.cleaned_data["words"].strip():
        tell_achievement(
            client, words=form.cleaned_data["words"], by=request.actor, now=clock.now()
        )
    else:
        messages.error(request, _("Write what they did, in their words."))
    return _see(client.pk)


@require_POST
def named(request: Asked, client_id: UUID) -> HttpResponse:
    """Note that it was said to them: something they did, or a goal that rose."""
    told, goal_key = request.POST.get("achievement", ""), request.POST.get("goal", "")
    try:
        if told:
            found = get_object_or_404(Achievement, pk=UUID(told), client=client_id)
            name_achievement(found, by=request.actor, now=clock.now())
        else:
            name_step(_goal(client_id, UUID(goal_key)), by=request.actor, now=clock.now())
    except ValueError:
        raise Http404("what") from None
    back = request.POST.get("back", "")
    if back.startswith("/today/visit/") and "//" not in back:
        return see_other(back)
    return _see(client_id)


def _goal(client_id: UUID, goal_id: UUID) -> Goal:
    found = goal_of(goal_id, client_id)
    if found is None:
        raise Http404("goal")
    return found


def _me(request: Asked) -> Staff:
    return get_object_or_404(Staff, pk=request.actor.id or "")


def _see(client: UUID, goal_key: UUID | None = None) -> HttpResponse:
    if goal_key is None:
        return see_other("goals:of-client", client_id=client)
    return see_other("goals:staff-goal", client_id=client, goal_id=goal_key)
