"""Addresses of the look: comfort buttons and the specimen."""

from django.urls import path

from alongside.ui import views

app_name = "ui"
urlpatterns = [
    path("comfort/", views.comfort, name="comfort"),
    path("language/", views.language, name="language"),
    path("specimen/", views.specimen, name="specimen"),
    path("specimen/<slug:shell>/", views.specimen, name="specimen"),
]
