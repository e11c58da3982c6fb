"""The settings of a control: nobody listens for a database that is lost outside a view.

Both the settings and the addresses: `ROOT_URLCONF` names this module, which has no `handler500`.
"""

from typing import Any

from alongside.site.settings import *  # noqa: F403
from alongside.site.settings import MIDDLEWARE

ROOT_URLCONF = "tests.faults.unlistened"
MIDDLEWARE = [name for name in MIDDLEWARE if not name.endswith(".Unreachable")]


def __getattr__(name: str) -> Any:
    if name == "urlpatterns":
        from alongside.site.urls import urlpatterns

        return urlpatterns
    raise AttributeError(name)
