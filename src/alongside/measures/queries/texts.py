"""Which text a measure has in this clinic: shipped, or loaded by the clinic itself."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.measures.models import Filling, OwnText
from alongside.measures.queries.forms import Form, form_of, has_form, read_form
from alongside.rules.measures import ALL


def current_texts(on: date) -> "QuerySet[OwnText]":
    """The clinic's own texts that may be shown on a day: not ended, their licence not over."""
    valid = Q(valid_until=None) | Q(valid_until__gte=on)
    found: QuerySet[OwnText] = OwnText.objects.filter(valid, ended_at=None)
    return found.order_by("-confirmed_at", "id")


def texts_of(measure: str) -> list[OwnText]:
    """Every text of a measure that was loaded here, the newest first."""
    return list(OwnText.objects.filter(measure=measure).order_by("-confirmed_at", "id"))


def form_to_ask(measure: str, language: str, on: date) -> Form | None:
    """The questionnaire to ask on a day; None where there is no text that may be shown."""
    if has_form(measure):
        return form_of(measure, language)
    own = current_texts(on).filter(measure=measure).first()
    return form_in(own, language) if own else None


def form_in(own: OwnText, language: str) -> Form:
    """The clinic's own text, read in a language."""
    return read_form(ALL[own.measure], own.definition, language)


def form_for(filling: Filling, on: date, language: str = "") -> Form | None:
    """The questionnaire as it was asked, in the language of the filling unless another is named."""
    return forms_for([filling], on, language).get(filling.pk)


def forms_for(fillings: Iterable[Filling], on: date, language: str = "") -> dict[UUID, Form]:
    """The questionnaires of many fillings; none where one is open and may not be shown any more."""
    all_of_them = list(fillings)
    own = _own_texts(one for one in all_of_them if not has_form(one.measure))
    found = {}
    for one in all_of_them:
        spoken = language or one.language
        form = form_of(one.measure, spoken) if has_form(one.measure) else None
        text = own.get((one.measure, one.version))
        if text and (not one.is_open or _may_be_shown(text, on)):
            form = form_in(text, spoken)
        if form:
            found[one.pk] = form
    return found


def _own_texts(fillings: Iterable[Filling]) -> dict[tuple[str, str], OwnText]:
    names = {one.measure for one in fillings}
    rows = OwnText.objects.filter(measure__in=names) if names else []
    return {(one.measure, one.version): one for one in rows if one.measure in ALL}


def _may_be_shown(text: OwnText, on: date) -> bool:
    return text.ended_at is None and (text.valid_until is None or text.valid_until >= on)
