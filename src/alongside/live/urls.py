"""Where pages ask whether something changed.

The server answers a stream here (`stream.py`); Django answers the same addresses to a page that
cannot stream, with the number alone.
"""

from django.urls import path

from alongside.live import views

app_name = "live"
urlpatterns = [
    path("live/clinic/", views.clinic, name="clinic"),
    path("live/mine/", views.mine, name="mine"),
    path("live/visit/<str:token>/", views.visit, name="visit"),
]
