"""The addresses of a network's office."""

from django.urls import path

from alongside.network.views import entries, glass, office

app_name = "network"
urlpatterns = [
    path("network/", office.home, name="home"),
    path("network/new/", office.add, name="add-clinic"),
    path("network/leave/", glass.leave, name="leave"),
    path("network/clinics/<uuid:clinic_id>/", glass.clinic, name="clinic"),
    path("network/clinics/<uuid:clinic_id>/look/", glass.look, name="break-glass"),
    path("settings/network/", entries.entries, name="entries"),
]
