"""One way to push a change to open pages."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """Streams that say "something changed", and nothing else."""

    name = "alongside.live"
    label = "live"
