"""A client's own goals: written, agreed to, rated, reached, set aside, without staff."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.access.actions.once import do_once, own_key
from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.goals import messages as said
from alongside.goals.actions._note import GoalIsOver
from alongside.goals.actions.achieve import tell_achievement
from alongside.goals.actions.answer import answer_change
from alongside.goals.actions.decide import agree, reach, set_aside, take_up_again
from alongside.goals.actions.rate import rate
from alongside.goals.actions.steps import add_step, do_step, drop_step, undo_step
from alongside.goals.actions.write import write_anew, write_goal
from alongside.goals.forms import (
    AchievementForm,
    AnewForm,
    AsideForm,
    GoalForm,
    RatingForm,
    StepForm,
)
from alongside.goals.models import Goal
from alongside.goals.queries.changes import change_of, changes_of, waiting_of
from alongside.goals.queries.goals import achievements_of, goal_of, goals_of, step_of, told_of
from alongside.goals.views.pictures import drawn
from alongside.mine.reader import reader, whose_page
from alongside.ui.see_other import see_other

GET_OR_POST = ["GET", "HEAD", "POST"]
DECIDE: dict[str, Callable[..., None]] = {
    "agree": agree,
    "reach": reach,
    "again": take_up_again,
}
STEP: dict[str, Callable[..., None]] = {"done": do_step, "undo": undo_step, "drop": drop_step}


@require_safe
def goals(request: Asked) -> HttpResponse:
    """Show what I want to do, and how it goes."""
    client = whose_page(request)
    record_seen("goals.see_goals", [client.pk], by=request.actor, now=clock.now())
    zone = request.clinic.zone
    all_drawn = [drawn(told, zone) for told in goals_of(client.pk)]
    context = {
        **reader(request, client),
        "asked": [one for one in all_drawn if one.told.goal.is_asked],
        "active": [one for one in all_drawn if one.told.goal.is_active],
        "reached": [one for one in all_drawn if one.told.goal.reached_at],
        "aside": [one for one in all_drawn if one.told.goal.aside_at],
        "achievements": achievements_of(client.pk)[:5],
        "waiting": waiting_of(client.pk),
    }
    piece = "#piece" if request.headers.get("HX-Request") == "true" else ""
    return render(request, f"goals/client/goals.html{piece}", context)


@require_http_methods(GET_OR_POST)
def new(request: Asked) -> HttpResponse:
    """Write a goal in my own words."""
    client = whose_page(request)
    form = GoalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> dict[str, str]:
            agrees = request.POST.get("do") != "later"
            made = write_goal(
                client, **form.cleaned_data, agrees=agrees, by=request.actor, now=clock.now()
            )
            return {"goal": str(made.pk)}

        key = own_key(request.actor, request.POST.get("key", ""))
        made = do_once(key, "goals.write", act, now=clock.now())
        return _to_goal(made["goal"])
    context = {**reader(request, client), "form": form}
    return render(request, "goals/client/new.html", context, status=422 if form.errors else 200)


@require_safe
def goal(request: Asked, goal_id: UUID) -> HttpResponse:
    """Show one goal: the picture, the steps, what was said."""
    client = whose_page(request)
    found = _goal(request, goal_id)
    record_seen("goals.see_goals", [client.pk], by=request.actor, now=clock.now())
    rows = changes_of(found)
    context = {
        **reader(request, client),
        "one": drawn(told_of(found), request.clinic.zone),
        "goal": found,
        "step_form": StepForm(),
        "aside_form": AsideForm(),
        "achievements": found.achievements.all(),
        "waiting": [one for one in rows if not (one.agreed_at or one.declined_at)],
        "history": said.history(found, rows),
    }
    piece = "#piece" if request.headers.get("HX-Request") == "true" else ""
    return render(request, f"goals/client/goal.html{piece}", context)


@require_http_methods(GET_OR_POST)
def how(request: Asked, goal_id: UUID) -> HttpResponse:
    """Tell how it goes today."""
    client, found = whose_page(request), _goal(request, goal_id)
    form = RatingForm(request.POST or None, meaning=found.get_meaning_display())
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                rate(found, **form.cleaned_data, by=request.actor, now=clock.now())
            except GoalIsOver:
                messages.info(request, _("This goal is not being worked on now."))
            else:
                fresh = goal_of(found.pk, client.pk)
                if fresh is not None:
                    messages.success(
                        request, said.thank_you([one.going for one in told_of(fresh).ratings])
                    )
            return _to_goal(found.pk)
    context = {**reader(request, client), "form": form, "goal": found}
    return render(request, "goals/client/how.html", context, status=status)


@require_http_methods(GET_OR_POST)
def anew(request: Asked, goal_id: UUID) -> HttpResponse:
    """Change my mind: say it in other words; the old ones are kept."""
    client, found = whose_page(request), _goal(request, goal_id)
    before = {name: getattr(found, name) for name in ("words", "why", "reach", "meaning")}
    form = AnewForm(request.POST or None, initial=before)
    if request.method == "POST" and form.is_valid():
        made = write_anew(found, **form.cleaned_data, by=request.actor, now=clock.now())
        return _to_goal(made.pk)
    context = {**reader(request, client), "form": form, "goal": found}
    return render(request, "goals/client/anew.html", context, status=422 if form.errors else 200)


@require_POST
def decide(request: Asked, goal_id: UUID) -> HttpResponse:
    """Say yes to a goal, say that it is reached, take it up again, or set it aside."""
    found, does = _goal(request, goal_id), request.POST.get("do", "")
    if does == "aside":
        form = AsideForm(request.POST)
        why = form.cleaned_data["why"] if form.is_valid() else ""
        set_aside(found, why=why, by=request.actor, now=clock.now())
        return _to_goal(found.pk)
    act = DECIDE.get(does)
    if act is None:
        raise Http404("do")
    try:
        act(found, by=request.actor, now=clock.now())
    except GoalIsOver:
        messages.info(request, _("This goal is not being worked on now."))
    return _to_goal(found.pk)


@require_POST
def step(request: Asked, goal_id: UUID) -> HttpResponse:
    """Add a step, or say what became of one."""
    found, does = _goal(request, goal_id), request.POST.get("do", "")
    if does == "add":
        form = StepForm(request.POST)
        if not form.is_valid() or not form.cleaned_data["words"].strip():
            messages.error(request, _("Write the step in a few words."))
            return _to_goal(found.pk)
        add_step(found, **form.cleaned_data, by=request.actor, now=clock.now())
        return _to_goal(found.pk)
    act = STEP.get(does)
    known = step_of(_key(request.POST.get("step", "")), found)
    if act is None or known is None:
        raise Http404("step")
    act(known, by=request.actor, now=clock.now())
    return _to_goal(found.pk)


@require_POST
def answer(request: Asked, goal_id: UUID) -> HttpResponse:
    """Say yes to what was changed, or no."""
    found, does = _goal(request, goal_id), request.POST.get("do", "")
    one = change_of(_key(request.POST.get("change", "")), found)
    if one is None or does not in ("yes", "no"):
        raise Http404("change")
    if not answer_change(one, agrees=does == "yes", by=request.actor, now=clock.now()):
        messages.info(request, _("This was answered already."))
    elif does == "no":
        messages.info(request, _("We have noted it, and talk about it with you."))
    return _to_goal(found.pk)


@require_http_methods(GET_OR_POST)
def achieved(request: Asked) -> HttpResponse:
    """Tell something that I did."""
    client = whose_page(request)
    about = request.POST.get("goal") or request.GET.get("goal") or ""
    found = _goal(request, _key(about)) if about else None
    form = AchievementForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.cleaned_data["words"].strip():
        tell_achievement(
            client, words=form.cleaned_data["words"], goal=found, by=request.actor, now=clock.now()
        )
        messages.success(request, _("Well done. We are glad with you."))
        return _to_goal(found.pk) if found else see_other("goals:goals")
    context = {**reader(request, client), "form": form, "goal": found}
    return render(
        request, "goals/client/achieved.html", context, status=422 if form.errors else 200
    )


@require_safe
def since(request: Asked) -> HttpResponse:
    """Since we started: everything on one page, to keep or to show."""
    client = whose_page(request)
    record_seen("goals.see_goals", [client.pk], by=request.actor, now=clock.now())
    all_drawn = [drawn(told, request.clinic.zone) for told in goals_of(client.pk)]
    context = {
        **reader(request, client),
        "now": clock.now(),
        "goals": [
            one for one in all_drawn if one.told.goal.agreed_at and not one.told.goal.aside_at
        ],
        "achievements": achievements_of(client.pk),
    }
    return render(request, "goals/client/since.html", context)


def _goal(request: Asked, key: UUID) -> Goal:
    found = goal_of(key, request.actor.client) if request.actor.client else None
    if found is None:
        raise Http404("goal")
    return found


def _key(said_key: str) -> UUID:
    try:
        return UUID(said_key)
    except ValueError:
        raise Http404("key") from None


def _to_goal(key: object) -> HttpResponseRedirect:
    return see_other("goals:goal", goal_id=str(key))
