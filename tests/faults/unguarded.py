"""The settings of a control: a step is written without asking how the visit is by now."""

from collections.abc import Callable
from typing import Any

from django.db.models import F

from alongside.site.settings import *  # noqa: F403
from alongside.site.settings import MIDDLEWARE

MIDDLEWARE = [*MIDDLEWARE, "tests.faults.unguarded.Unguarded"]


class Unguarded:
    """No middleware at all: a place in which the server's own code can be changed."""

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        from alongside.visits.actions import step
        from alongside.visits.models import Visit

        def writing(names: tuple[str, ...]) -> Callable[[dict[str, Any]], int]:
            def write(values: dict[str, Any]) -> int:
                new = {name: values[f"new_{name}"] for name in names}
                changed = Visit.objects.filter(pk=values["its"])
                return changed.update(version=F("version") + 1, **new)

            return write

        step._writing = writing
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        """Run the request."""
        return self.get_response(request)
