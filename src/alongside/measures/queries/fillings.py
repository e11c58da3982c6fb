"""What was asked of a client and what came of it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from alongside.clinics.prepared import prepared
from alongside.measures.models import Alert, Filling, Mode, Responder
from alongside.people.models import Staff
from alongside.rules.measures import ALL, BadAnswers, Measure
from alongside.rules.measures.score import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """All finished fillings of one measure, the oldest first, with what they say."""

    measure: Measure
    fillings: tuple[Filling, ...]
    since_first: Change | None
    since_last: Change | None

    @property
    def last(self) -> Filling:
        """The newest."""
        return self.fillings[-1]


def request_of(filling: Filling) -> dict[str, object]:
    """A filling as a request to its rule."""
    asked = {"language": filling.language, "mode": filling.mode, "version": filling.version}
    answers = dict(filling.answers)
    if "activities" in answers:
        return {**asked, "activities": answers["activities"]}
    if filling.mode == Mode.SCORE and "total" in answers:
        return {**asked, "total": answers["total"]}
    return {**asked, "answers": answers}


def open_of(client: UUID) -> list[Filling]:
    """What is being asked of a client now, the oldest first."""
    return list(Filling.objects.open().filter(client=client).order_by("asked_at", "id"))


def filling_of(key: UUID, client: UUID) -> Filling | None:
    """One filling of this client, and of nobody else."""
    found: Filling | None = (
        Filling.objects.filter(pk=key, client=client).select_related("client", "clinic").first()
    )
    return found


def series_of(client: UUID) -> list[Series]:
    """Every measure that this client has results of, in the order of the first."""
    by_measure: dict[str, list[Filling]] = {}
    for filling in Filling.objects.done().filter(client=client):
        by_measure.setdefault(filling.measure, []).append(filling)
    return [
        _series(ALL[name], tuple(own)) for name, own in by_measure.items() if name in ALL
    ]  # fmt: skip


def _series(measure: Measure, own: tuple[Filling, ...]) -> Series:
    first = change_between(measure, own[0], own[-1]) if len(own) > 1 else None
    last = change_between(measure, own[-2], own[-1]) if len(own) > 2 else None
    return Series(measure=measure, fillings=own, since_first=first, since_last=last)


def change_between(measure: Measure, before: Filling, now: Filling) -> Change | None:
    """What the change from one filling to another is worth; None where they cannot be read."""
    try:
        return measure.change(request_of(before), request_of(now))
    except BadAnswers:
        return None


def responders() -> list[Staff]:
    """Who hears an alert: those named who still work here, in order."""
    rows = Responder.objects.filter(staff__is_active=True).select_related("staff")
    return [row.staff for row in rows]


def has_alert(filling: Filling) -> bool:
    """Whether an answer in it needed somebody at once."""
    return bool(Alert.objects.filter(filling=filling).exists())


def has_open_alert(client: UUID) -> bool:
    """Whether somebody is to talk with this client, and nobody has said yet what was done."""
    return bool(Alert.objects.filter(filling__client=client, closed_at=None).exists())


@prepared
def open_alerts() -> QuerySet[Alert]:
    """Alerts that nobody has closed, the oldest first; every board asks this at every change."""
    rows = Alert.objects.filter(closed_at=None).order_by("raised_at", "id")
    return rows.select_related("filling__client", "responder", "taken_by")
