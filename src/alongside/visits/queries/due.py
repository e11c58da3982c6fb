"""In which clinics something is to be worked out: one question for them all."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q

from alongside.visits.models import WAITING, ClinicLaws, DayState, State, Visit

# Time alone changes the waits: once a minute they are worked out anew.
EACH = timedelta(seconds=55)
# What would help is tried at most this often: it costs as much as dozens of looks ahead.
READ = timedelta(seconds=10)
DAY = timedelta(days=1)


def to_work_out(state: DayState) -> bool:
    """Tell whether the day changed since its waits were worked out."""
    return state.changed != state.worked_out


def to_try(state: DayState, now: datetime) -> bool:
    """Tell whether what would help is to be tried, not more often than it can be read."""
    last = state.moves_at
    rests = last is not None and last <= now < last + READ
    return state.changed != state.tried and not rests


def changed_days(now: datetime) -> set[UUID]:
    """Give the clinics whose day changed, or where what would help was not tried yet."""
    rested = Q(moves_at=None) | Q(moves_at__lte=now - READ) | Q(moves_at__gt=now)
    to_do = ~Q(changed=F("worked_out")) | (~Q(changed=F("tried")) & rested)
    return set(DayState.objects.filter(to_do).values_list("clinic_id", flat=True))


def old_days(now: datetime) -> set[UUID]:
    """Give the clinics where somebody is to be seen today and the last look is a minute old."""
    # Whatever the clinic's zone, its today is one of these.
    near = (now.date() - DAY, now.date() + DAY)
    to_be_seen = Visit.objects.filter(day__range=near, state__in=(State.BOOKED, *WAITING))
    fresh = DayState.objects.filter(worked_out_at__gt=now - EACH, worked_out_at__lte=now)
    return set(to_be_seen.values_list("clinic_id", flat=True).order_by().distinct()) - set(
        fresh.values_list("clinic_id", flat=True)
    )


def night_has_come(now: datetime) -> set[UUID]:
    """Give the clinics that have a day behind them and learned nothing for most of a day."""
    fresh = ClinicLaws.objects.filter(made_at__gt=now - timedelta(hours=12), made_at__lte=now)
    return set(DayState.objects.values_list("clinic_id", flat=True)) - set(
        fresh.values_list("clinic_id", flat=True)
    )
