"""At night, learn the clinic's own laws from its own log."""

from datetime import datetime, timedelta

from django.db import transaction

from alongside.clinics import current
from alongside.clinics.models import Clinic
from alongside.rules.waits import Laws
from alongside.rules.waits.learn import learn
from alongside.visits.models import ClinicLaws
from alongside.visits.queries.log import finished_since

FROM_HOUR = 2
BACK = timedelta(days=365)
ENOUGH = 20


def learn_nightly(now: datetime) -> None:
    """Once a night, in the small hours of the clinic's own day."""
    clinic = Clinic.objects.get(pk=current.clinic_id())
    local = now.astimezone(clinic.zone)
    last = ClinicLaws.objects.order_by("-made_at").first()
    learned_today = last is not None and last.made_at.astimezone(clinic.zone).date() == local.date()
    if local.hour >= FROM_HOUR and not learned_today:
        learn_now(now)


@transaction.atomic
def learn_now(now: datetime) -> ClinicLaws | None:
    """Learn from the visits of the last year; None while there are too few to learn from."""
    log = finished_since(now - BACK, until=now)
    if len(log) < ENOUGH:
        return None
    zone = Clinic.objects.get(pk=current.clinic_id()).zone
    laws = learn(log, prior=Laws.prior(), zone=zone)
    return ClinicLaws.objects.create(made_at=now, learned_from=len(log), laws=laws.to_json())
