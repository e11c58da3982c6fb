"""Who may open what."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The table, the links and the devices."""

    name = "alongside.access"
    label = "access"
