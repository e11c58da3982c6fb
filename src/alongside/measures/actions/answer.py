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

    Raises BadAnswers for one that the instrument does not know, and saves nothing then. What cannot
    wait is heard now: somebody who stops after this answer never comes to the end.
    """
    refuse_others(filling, by=by)
    kept = Filling.objects.select_for_update().get(pk=filling.pk)
    if not kept.is_open:
        raise IsOver
    together = {**kept.answers, **answers}
    kept.answers = together
    score = find(kept.measure).score(request_of(kept))
    Filling.objects.filter(pk=kept.pk).update(answers=together, begun_at=kept.begun_at or now)
    filling.answers = together
    _alert(kept, score, by=by, now=now)


@transaction.atomic
def finish(filling: Filling, *, by: Actor, now: datetime) -> Filling:
    """Work out the score; an answer that cannot wait has raised its alert by now."""
    refuse_others(filling, by=by)
    kept: Filling = Filling.objects.select_for_update().get(pk=filling.pk)
    if not kept.is_open:
        raise IsOver
    score = find(kept.measure).score(request_of(kept))
    _keep(kept, score, by=by, now=now)
    kept.save()
    _alert(kept, score, by=by, now=now)
    note("measures.finish", kept, by=by, now=now)
    return kept


def _alert(filling: Filling, score: Score, *, by: Actor, now: datetime) -> None:
    """Raise it once; an answer that is changed afterwards takes nothing back."""
    if not score.alerts or Alert.objects.filter(filling=filling).exists():
        return
    heard = responders()
    Alert.objects.create(
        filling=filling, code=score.alerts[0], raised_at=now, responder=heard[0] if heard else None
    )
    note("measures.alert", filling, by=by, now=now, board=True)


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
