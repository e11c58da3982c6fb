"""A client's goals for staff: written down in the client's words, rated together, put beside."""

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
from alongside.goals import messages as said
from alongside.goals.actions.achieve import name_achievement, name_step, tell_achievement
from alongside.goals.actions.write import write_goal
from alongside.goals.forms import AchievementForm, GoalForm
from alongside.goals.models import Achievement, Goal
from alongside.goals.queries.changes import changes_of
from alongside.goals.queries.goals import (
    achievements_of,
    goal_of,
    goals_of,
    ladder_of,
    told_of,
    wording_of,
)
from alongside.goals.queries.ladders import t_of
from alongside.goals.views.pictures import drawn
from alongside.goals.views.staff_does import DOES, forms_of
from alongside.people.models import Client
from alongside.rules.measures.gas import LEVELS
from alongside.ui.see_other import see_other

GET_OR_POST = ["GET", "HEAD", "POST"]


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
    forms = forms_of(found)
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
        "history": said.history(found, changes_of(found)),
    }
    return render(request, "goals/staff/goal.html", context, status=status)


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


def _see(client: UUID, goal_key: UUID | None = None) -> HttpResponse:
    if goal_key is None:
        return see_other("goals:of-client", client_id=client)
    return see_other("goals:staff-goal", client_id=client, goal_id=goal_key)
