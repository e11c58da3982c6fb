"""The addresses of care plans."""

from django.urls import path

from alongside.careplans.views import client, follow_ups, listening, plan, sheet, staff

app_name = "careplans"
urlpatterns = [
    path("mine/what-we-did/", client.what_we_did, name="mine"),
    path("mine/what-we-did/<uuid:note_id>/", sheet.mine, name="sheet"),
    path("mine/plan/", plan.mine, name="plan"),
    path("mine/next-step/", plan.answer, name="answer-step"),
    path("mine/heard/", listening.own_heard, name="own-heard"),
    path("v/<str:token>/heard/", listening.heard, name="heard"),
    path("listening/", listening.listening, name="listening"),
    path("follow-ups/", follow_ups.follow_ups, name="follow-ups"),
    path("people/<uuid:client_id>/follow-up/", follow_ups.call, name="call"),
    path("people/<uuid:client_id>/plan/", plan.staff, name="staff-plan"),
    path("people/<uuid:client_id>/notes/<uuid:note_id>/sheet/", sheet.staff, name="staff-sheet"),
    path("people/<uuid:client_id>/notes/", staff.notes, name="notes"),
    path("people/<uuid:client_id>/visits/<uuid:visit_id>/note/", staff.note, name="note"),
]
