"""Note that the day is not what it was when its waits were last worked out."""

from django.db.models import F

from alongside.visits.models import DayState


def day_changed() -> None:
    """Ask for the waits of this clinic to be worked out anew, within a second."""
    if not DayState.objects.update(changed=F("changed") + 1):
        DayState.objects.get_or_create()
