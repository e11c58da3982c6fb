"""The address of the demo's own page."""

from django.urls import path

from alongside.demo import views

app_name = "demo"
urlpatterns = [
    path("demo/", views.demo, name="demo"),
    path("demo/own-page/<slug:name>/", views.own_page, name="own-page"),
]
