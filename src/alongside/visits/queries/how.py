"""What the engine has learned here, and how well what it told was kept."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alongside.clinics.models import Clinic
from alongside.people.models import Staff
from alongside.rules.calibration import Promise
from alongside.rules.waits import Laws
from alongside.rules.waits.laws import Law
from alongside.visits.models import ClinicLaws, Told
from alongside.visits.queries.day import laws_of, today_in

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What was learned, and when; `laws` are what the waits are worked out with just now."""

    laws: Laws
    at: datetime | None
    visits: int
    looks: int


def learned() -> Learned:
    """Give the newest lesson; before the first, what is known of clinics like this one."""
    newest = ClinicLaws.objects.order_by("-made_at").first()
    laws = laws_of(newest)
    if newest is None or laws is None:
        return Learned(laws=Laws.prior(), at=None, visits=0, looks=0)
    looks = laws.correction.n if laws.correction else 0
    return Learned(laws=laws, at=newest.made_at, visits=newest.learned_from, looks=looks)


def promises(clinic: Clinic, now: datetime, *, days: int) -> list[Promise]:
    """Give what was told at check-in in the last days to everybody who went in since."""
    since = today_in(clinic, now) - timedelta(days=days)
    rows = Told.objects.filter(
        reason="first",
        visit__clinic=clinic,
        visit__day__gte=since,
        visit__started_at__isnull=False,
    ).values_list("told_at", "by", "numbers", "visit__started_at", "visit__booked_at")
    return [
        _promise(told_at, by, numbers["quantiles"], started, booked, clinic)
        for told_at, by, numbers, started, booked in rows
        if started is not None and len(numbers.get("quantiles", ())) == 9
    ]


def _promise(
    told_at: datetime,
    by: datetime,
    quantiles: list[float],
    started_at: datetime,
    booked_at: datetime,
    clinic: Clinic,
) -> Promise:
    day = told_at.astimezone(clinic.zone).date()
    return Promise(
        week=_monday(day),
        hour=booked_at.astimezone(clinic.zone).hour,
        low=quantiles[0],
        likely=quantiles[4],
        high=quantiles[8],
        waited=max((started_at - told_at) / MINUTE, 0.0),
        kept=started_at <= by,
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How long visits of a kind take, of one therapist or (`therapist` empty) of all: minutes."""

    kind: str
    therapist: str
    low: float
    middle: float
    high: float
    n: int


def lengths(laws: Laws) -> list[Length]:
    """Give the learned lengths that a person can recognise: by kind, then by therapist."""
    names = {str(key): name for key, name in Staff.objects.values_list("pk", "short_name")}
    found = []
    for key, law in laws.lengths.items():
        kind, _, lane = key.partition("|")
        planned = laws.planned.get(kind)
        if kind and planned and (not lane or lane in names):
            low, middle, high = tenths(law)
            found.append(
                Length(
                    kind=kind,
                    therapist=names.get(lane, ""),
                    low=low * planned,
                    middle=middle * planned,
                    high=high * planned,
                    n=law.n,
                )
            )
    return sorted(found, key=lambda one: (one.kind, one.therapist))


def tenths(law: Law) -> tuple[float, float, float]:
    """Give the values below which 1 in 10, 1 in 2 and 9 in 10 cases fell."""
    values = law.values
    return (
        (values[1] + values[2]) / 2,
        (values[9] + values[10]) / 2,
        (values[17] + values[18]) / 2,
    )
