"""Where somebody may talk instead of typing: on a page of their own, if the clinic lets them."""

from django.http import HttpRequest

from alongside.access.rows import Row
from alongside.clinics.models import Clinic
from alongside.people.actors import OWN


def may_talk(request: HttpRequest) -> bool:
    """Tell whether this page may ask the browser for the microphone; no other page may."""
    row: Row | None = getattr(request, "policy_row", None)
    clinic: Clinic | None = getattr(request, "clinic", None)
    if row is None or clinic is None or not (row.talks and clinic.may_talk):
        return False
    return request.actor.kind in OWN  # type: ignore[attr-defined]
