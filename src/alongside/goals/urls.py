"""The addresses of goals: a client's own, and staff's."""

from django.urls import path

from alongside.goals.views import client, staff

app_name = "goals"
urlpatterns = [
    path("mine/goals/", client.goals, name="goals"),
    path("mine/goals/new/", client.new, name="new"),
    path("mine/goals/achieved/", client.achieved, name="achieved"),
    path("mine/goals/since-we-started/", client.since, name="since"),
    path("mine/goals/<uuid:goal_id>/", client.goal, name="goal"),
    path("mine/goals/<uuid:goal_id>/how/", client.how, name="how"),
    path("mine/goals/<uuid:goal_id>/anew/", client.anew, name="anew"),
    path("mine/goals/<uuid:goal_id>/decide/", client.decide, name="decide"),
    path("mine/goals/<uuid:goal_id>/step/", client.step, name="step"),
    path("mine/goals/<uuid:goal_id>/answer/", client.answer, name="answer"),
    path("people/<uuid:client_id>/goals/", staff.goals, name="of-client"),
    path("people/<uuid:client_id>/goals/new/", staff.write_down, name="write-down"),
    path("people/<uuid:client_id>/goals/achieved/", staff.achieved, name="staff-achieved"),
    path("people/<uuid:client_id>/goals/named/", staff.named, name="named"),
    path("people/<uuid:client_id>/goals/<uuid:goal_id>/", staff.goal, name="staff-goal"),
]
