"""How Alongside looks."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Base pages, components, tokens, fonts, icons, charts."""

    name = "alongside.ui"
    label = "ui"
