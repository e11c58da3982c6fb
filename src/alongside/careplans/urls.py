"""The addresses of care plans."""

from django.urls import path

from alongside.careplans.views import client, follow_ups, staff

app_name = "careplans"
urlpatterns = [
    path("mine/what-we-did/", client.what_we_did, name="mine"),
    path("follow-ups/", follow_ups.follow_ups, name="follow-ups"),
    path("people/<uuid:client_id>/follow-up/", follow_ups.call, name="call"),
    path("people/<uuid:client_id>/notes/", staff.notes, name="notes"),
    path("people/<uuid:client_id>/visits/<uuid:visit_id>/note/", staff.note, name="note"),
]
