"""The addresses of measures."""

from django.urls import path

from alongside.measures.views import alerts, client, staff, texts

app_name = "measures"
urlpatterns = [
    path("mine/questionnaires/", client.mine, name="mine"),
    path("mine/questionnaires/<uuid:filling_id>/", client.fill, name="fill"),
    path("mine/questionnaires/<uuid:filling_id>/end/", client.end, name="end"),
    path("people/<uuid:client_id>/measures/", staff.measures, name="of-client"),
    path("people/<uuid:client_id>/measures/<uuid:filling_id>/", staff.filling, name="filling"),
    path(
        "people/<uuid:client_id>/measures/<uuid:filling_id>/withdraw/",
        staff.withdrawn,
        name="withdraw",
    ),
    path("measures/", staff.every, name="every"),
    path("measures/<slug:measure>/text/", texts.text, name="text"),
    path("measures/<slug:measure>/empty.json", texts.empty, name="empty-text"),
    path("measures/<slug:measure>/end/", texts.end, name="end-text"),
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/who/", alerts.responder, name="responder"),
    path("alerts/<uuid:alert_id>/", alerts.alert, name="alert"),
]
