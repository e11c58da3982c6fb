"""At night, learn from the clinic's own log: its laws, and what the futures get wrong."""

from datetime import datetime, timedelta
from zlib import crc32

from django.db import transaction

from alongside.clinics import current
from alongside.clinics.models import Clinic
from alongside.rules.waits import Laws
from alongside.rules.waits.night import new_lesson, night
from alongside.rules.waits.past import Past, by_day
from alongside.visits.models import ClinicLaws
from alongside.visits.queries.day import laws_of
from alongside.visits.queries.log import finished_since

FROM_HOUR = 2
BACK = timedelta(days=365)
ENOUGH = 20
# A young clinic learns anew every few days, later every four weeks; nights between keep it true.
YOUNG, SOON, LATER = timedelta(days=28), timedelta(days=5), timedelta(days=28)
KEPT = 30


def is_time_to_learn(clinic: Clinic, now: datetime, last: ClinicLaws | None) -> bool:
    """Once a day from the small hours on; in the morning where the machine was off at night."""
    local = now.astimezone(clinic.zone)
    learned_today = last is not None and last.made_at.astimezone(clinic.zone).date() == local.date()
    return local.hour >= FROM_HOUR and not learned_today


def learn_nightly(now: datetime) -> None:
    """Learn, if nothing was learned yet today."""
    clinic = Clinic.objects.get(pk=current.clinic_id())
    if is_time_to_learn(clinic, now, ClinicLaws.objects.order_by("-made_at").first()):
        learn_now(now)


def learn_now(now: datetime) -> ClinicLaws | None:
    """Learn from the visits of the last year; None while there are too few to learn from.

    No transaction is open while it computes: that may take seconds.
    """
    clinic = Clinic.objects.get(pk=current.clinic_id())
    log = finished_since(now - BACK, until=now)
    if len(log) < ENOUGH:
        return None
    last = ClinicLaws.objects.order_by("-made_at").first()
    laws, grown_at = _taught(log, clinic, last, now)
    with transaction.atomic():
        new: ClinicLaws = ClinicLaws.objects.create(
            made_at=now, grown_at=grown_at, learned_from=len(log), laws=laws.to_json()
        )
        old = ClinicLaws.objects.order_by("-made_at").values_list("pk", flat=True)[KEPT:]
        ClinicLaws.objects.filter(pk__in=list(old)).delete()
    return new


def _taught(
    log: list[Past], clinic: Clinic, last: ClinicLaws | None, now: datetime
) -> tuple[Laws, datetime]:
    """A lesson from the beginning when it is due, else what came since; and when it was grown."""
    days, zone = by_day(log, zone=clinic.zone), clinic.zone
    seed = crc32(clinic.pk.bytes)
    old = laws_of(last)
    if last is None or old is None or last.grown_at is None:
        first = Laws.prior()
        return new_lesson(days, old=first, prior=first, zone=zone, seed=seed), now
    is_young = now - _end(days[0]) < YOUNG
    if now - last.grown_at >= (SOON if is_young else LATER):
        return new_lesson(days, old=old, prior=Laws.prior(), zone=zone, seed=seed), now
    since = [day for day in days if _end(day) > last.made_at]
    for day in since:
        before = days[: days.index(day)]
        old = night(old, day, before=before, zone=zone, seed=seed)
    return old, last.grown_at


def _end(day: list[Past]) -> datetime:
    """When the last of a day's visits began, or was to begin."""
    moments = [past.started_at or past.booked_at for past in day]
    return max(moment for moment in moments if moment is not None)
