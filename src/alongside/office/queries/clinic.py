"""What there is of the clinic."""

from alongside.clinics.models import Clinic, OpeningHours
from alongside.office.spans import Open


def is_set_up() -> bool:
    """Tell whether somebody has set up a clinic here."""
    return Clinic.objects.exists()


def week() -> list[Open]:
    """Give the opening hours, day by day."""
    return [
        Open(weekday=one.weekday, opens=one.opens, closes=one.closes)
        for one in OpeningHours.objects.order_by("weekday", "opens")
    ]
