"""The addresses of needs: a client's own, staff's, and what the clinic offers."""

from django.urls import path

from alongside.needs.views import client, over_time, services, staff, who_sees

app_name = "needs"
urlpatterns = [
    path("mine/needs/", client.needs, name="needs"),
    path("mine/needs/ask/", client.ask, name="ask"),
    path("mine/needs/answer/", client.answered, name="answer"),
    path("mine/needs/over-time/", over_time.own, name="over-time"),
    path("mine/needs/who/", who_sees.who, name="who"),
    path("mine/needs/who/change/", who_sees.change, name="who-sees"),
    path("people/<uuid:client_id>/needs/", staff.needs, name="of-client"),
    path("people/<uuid:client_id>/needs/offer/", staff.offered, name="offer"),
    path("people/<uuid:client_id>/needs/answered/", staff.answered, name="answered"),
    path("people/<uuid:client_id>/needs/over-time/", over_time.staff, name="of-client-over-time"),
    path("people/<uuid:client_id>/needs/who/", who_sees.note, name="note-who"),
    path("services/", services.every, name="services"),
    path("services/new/", services.new, name="new-service"),
    path("services/<uuid:service_id>/", services.change, name="service"),
]
