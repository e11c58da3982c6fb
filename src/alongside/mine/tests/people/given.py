"""What Amara gives Luc, and to whom she gave what."""

from alongside.clinics.current import working_in
from alongside.people.models import CloseOne

PLAIN = {
    "name": "Luc",
    "relation": "sibling",
    "email": "Luc@example.org",
    "language": "en",
    "rights": ["visits"],
}


def given(clinic) -> list[CloseOne]:
    with working_in(clinic):
        return list(CloseOne.objects.order_by("added_at", "pk"))
