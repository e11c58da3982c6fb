"""The addresses of outcomes."""

from django.urls import path

from alongside.outcomes.views import files, lead

app_name = "outcomes"
urlpatterns = [
    path("outcomes/", lead.outcomes, name="outcomes"),
    path("outcomes/team/", lead.team, name="team"),
    path("outcomes/outcomes.csv", files.as_csv, name="csv"),
    path("outcomes/outcomes.parquet", files.as_parquet, name="parquet"),
]
