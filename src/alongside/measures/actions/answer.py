"""Answers are given one by one, each saved at once; at the end they become a score."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from alongside.measures.actions._note import IsOver, note, refuse_others
from alongside.measures.models import Alert, Filling
from alongside.measures.queries.fillings import request_of, responders
from alongside.people.actors import Actor
from alongside.rules.measures import find
from alongside.rules.measures.score import Score


@transaction.atomic
def answer(filling: Filling, answers: Mapping[str, object], *, by: Actor, now: datetime) -> None:
    """Save these answers beside those that are there; another device goes on from here.

    Raises BadAnswers for one that the instrument does not know, and saves nothing then.
    """
    refuse_others(filling, by=by)
    kept = Filling.objects.select_for_update().get(pk=filling.pk)
    if not kept.is_open:
        raise IsOver
    together = {**kept.answers, **answers}
    kept.answers = together
    find(kept.measure).score(request_of(kept))
    Filling.objects.filter(pk=kept.pk).update(answers=together, begun_at=kept.begun_at or now)
    filling.answers = together


@transaction.atomic
def finish(filling: Filling, *, by: Actor, now: datetime) -> Filling:
    """Work out the score; an answer that cannot wait raises an alert in the same moment."""
    refuse_others(filling, by=by)
    kept: Filling = Filling.objects.select_for_update().get(pk=filling.pk)
    if not kept.is_open:
        raise IsOver
    score = find(kept.measure).score(request_of(kept))
    _keep(kept, score, by=by, now=now)
    kept.save()
    if score.alerts:
        heard = responders()
        Alert.objects.create(
            filling=kept, code=score.alerts[0], raised_at=now, responder=heard[0] if heard else None
        )
        note("measures.alert", kept, by=by, now=now)
    note("measures.finish", kept, by=by, now=now, board=bool(score.alerts))
    return kept


def _keep(filling: Filling, score: Score, *, by: Actor, now: datetime) -> None:
    filling.finished_at, filling.finished_by = now, by.label
    filling.begun_at = filling.begun_at or now
    filling.value, filling.shown, filling.band = score.value, score.shown, score.band
    filling.answered, filling.of = score.answered, score.of
    filling.said = {
        "parts": dict(score.parts),
        "notes": list(score.notes),
        "why_none": score.why_none,
        "alerts": list(score.alerts),
    }
