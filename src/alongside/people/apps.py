"""Users, staff, clients and their cards."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who is who."""

    name = "alongside.people"
    label = "people"
