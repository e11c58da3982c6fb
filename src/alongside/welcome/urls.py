"""The addresses of the welcome: wishes, hopes, and what the desk answers."""

from django.urls import path

from alongside.welcome.models import WishKind
from alongside.welcome.views import client, staff

app_name = "welcome"
urlpatterns = [
    *(
        path(f"v/<str:token>/wish/{kind}/", client.wish, {"kind": kind}, name="wish")
        for kind in WishKind.values
    ),
    path("v/<str:token>/hopes/", client.hopes, name="hopes"),
    path("today/wish/<uuid:wish>/", staff.answer, name="answer"),
    path("today/visit/<uuid:visit>/offered/", staff.offered, name="offered"),
]
