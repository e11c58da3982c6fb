"""Note that the day is not what it was when its waits were last worked out."""

from django.db.models import F

from alongside.clinics.prepared_writes import Change, prepared_change
from alongside.visits.models import DayState


def day_changed() -> None:
    """Ask for the waits of this clinic to be worked out anew, within a second."""
    if not _count_up():
        DayState.objects.get_or_create()


@prepared_change
def _count_up() -> Change:
    return DayState.objects.all(), {"changed": F("changed") + 1}
