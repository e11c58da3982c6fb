"""The addresses of care plans."""

from django.urls import path

from alongside.careplans.views import client, staff

app_name = "careplans"
urlpatterns = [
    path("mine/what-we-did/", client.what_we_did, name="mine"),
    path("people/<uuid:client_id>/notes/", staff.notes, name="notes"),
    path("people/<uuid:client_id>/visits/<uuid:visit_id>/note/", staff.note, name="note"),
]
