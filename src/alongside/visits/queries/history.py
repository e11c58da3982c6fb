"""What happened to one visit."""

from django.db.models import QuerySet

from alongside.visits.models import Step, Told, Visit


def told_of(visit: Visit) -> QuerySet[Told]:
    """Every wait told, the first first."""
    return Told.objects.filter(visit=visit).order_by("told_at", "id")


def steps_of(visit: Visit) -> QuerySet[Step]:
    """Every step taken, the last first."""
    return Step.objects.filter(visit=visit).order_by("-at", "-id")
