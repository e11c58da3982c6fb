"""A believable clinic to try things in."""

from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from alongside.parts import registry
from alongside.parts.part import Errand, Part

PART = Part(
    name="demo",
    label=_("Demo"),
    about=_("A clinic that lives by itself, to try things in."),
    can_be_off=False,
    errands={"alongside.demo.day.live": Errand(every=timedelta(seconds=20))},
)


class DemoConfig(AppConfig):
    """Registers the part in the demo, and nowhere else."""

    name = "alongside.demo"
    label = "demo"

    def ready(self) -> None:
        """Let the clinic live by itself only where it is a demo."""
        if settings.DEMO:
            registry.add(PART)
