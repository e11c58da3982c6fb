"""The number alone, for a page that cannot hold a stream open."""

from django.http import HttpRequest, JsonResponse

from alongside.clinics.current import clinic_id
from alongside.live.queries import number_of
from alongside.live.topics import client_topic, clinic_topic, visit_topic


def clinic(request: HttpRequest) -> JsonResponse:
    """Tell how often this clinic's day has changed."""
    return JsonResponse({"n": number_of(clinic_topic(clinic_id()))})


def mine(request: HttpRequest) -> JsonResponse:
    """Tell how often a client's own page has changed."""
    return JsonResponse({"n": number_of(client_topic(request.actor.client))})  # type: ignore[attr-defined]


def visit(request: HttpRequest, token: str) -> JsonResponse:
    """Tell how often this visit has changed; the access table has already read the secret."""
    return JsonResponse({"n": number_of(visit_topic(request.link.subject))})  # type: ignore[attr-defined]
