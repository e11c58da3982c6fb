"""Let one server of several do a job; another takes over when it is gone."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Now

from alongside.live.models import Lease


@transaction.atomic
def take_lease(job: str, *, holder: str, length: timedelta) -> bool:
    """Take or renew the lease of a job; tell whether it is ours now.

    The database's clock decides: the servers' own may differ. One that was put back leaves leases
    behind that would last for an hour: longer than anybody may ask for, so they are free.
    """
    # What was given back in this very millisecond is free too.
    free = Q(holder=holder) | Q(until__lte=Now()) | Q(until__gt=Now() + 2 * length)
    taken = Lease.objects.filter(free, job=job).update(holder=holder, until=Now() + length)
    if taken or Lease.objects.filter(job=job).exists():
        return bool(taken)
    try:
        with transaction.atomic():
            Lease.objects.create(job=job, holder=holder, until=Now() + length)
    except IntegrityError:
        return False
    return True


def end_lease(job: str, *, holder: str) -> None:
    """Give the job back before its time, so that another server need not wait."""
    Lease.objects.filter(job=job, holder=holder).update(until=Now())
