"""The addresses of life and questions."""

from django.urls import path

from alongside.life.views import client, staff

app_name = "life"
urlpatterns = [
    path("mine/questions/", client.questions, name="questions"),
    path("mine/life/", client.life, name="life"),
    path("questions/", staff.to_do, name="to-do"),
    path("people/<uuid:client_id>/life/", staff.life, name="of-client"),
]
