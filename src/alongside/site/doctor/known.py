"""Our checks of the settings, among Django's own; needs no product to be loaded."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.checks import CheckMessage, Tags, register

from alongside.site.doctor.of_settings import CHECKS

Check = Callable[[], Iterator[CheckMessage]]


def make_known() -> None:
    """Let `alongside manage check --deploy` run our checks of the settings too."""
    for check in CHECKS:
        register(_as_django_wants(check), Tags.security, deploy=True)


def _as_django_wants(check: Check) -> Callable[..., list[CheckMessage]]:
    def checked(*_: Any, **__: Any) -> list[CheckMessage]:
        return list(check())

    return checked
