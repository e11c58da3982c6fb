"""Answers are given one by one, each saved at once; at the end they become a score."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from alongside.live.actions.push import push
from alongside.live.topics import client_topic
from alongside.measures.actions._note import IsOver, note, refuse_others
from alongside.measures.models import Alert, Filling
from alongside.measures.queries.fillings import request_of, responders
from alongside.people.actors import Actor
from alongside.rules.measures import find
from alongside.rules.measures.score import Score


def answer(
    filling: Filling,
    answers: Mapping[str, object],
    *,
    by: Actor,
    now: datetime,
    said_at: datetime | None = None,
) -> None:
    """Save these answers beside those that are there; another device goes on from here.

    `said_at`: when it was said, where a device kept it for want of a network. What was said later
    elsewhere stays. Raises BadAnswers for one that the instrument does not know, and saves nothing
    then; IsOver where it was finished or withdrawn meanwhile. What cannot wait is heard in any
    case, and now: somebody who stops after this answer never comes to the end.
    """
    refuse_others(filling, by=by)
    if not _save(filling, answers, by=by, now=now, said_at=said_at or now):
        raise IsOver


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
    _alert(kept, score, by=by, now=now, said_at=now)
    note("measures.finish", kept, by=by, now=now)
    return kept


@transaction.atomic
def _save(
    filling: Filling, answers: Mapping[str, object], *, by: Actor, now: datetime, said_at: datetime
) -> bool:
    """Save what is the latest word on it; give whether it was still open."""
    kept = Filling.objects.select_for_update().get(pk=filling.pk)
    saved = dict(kept.answers)
    kept.answers = {**saved, **answers}
    score = find(kept.measure).score(request_of(kept))
    # Also where somebody said otherwise since, or where it is over: it was said.
    _alert(kept, score, by=by, now=now, said_at=said_at)
    if not kept.is_open:
        return False
    at = said_at.timestamp()
    news = {item: one for item, one in answers.items() if at >= kept.given.get(item, at)}
    together = {**saved, **news}
    Filling.objects.filter(pk=kept.pk).update(
        answers=together,
        given={**kept.given, **dict.fromkeys(news, at)},
        begun_at=kept.begun_at or now,
    )
    filling.answers = together
    if kept.begun_at is None:
        # "Begin" is "go on" now, on every page that is open.
        push(client_topic(kept.client_id))
    return True


def _alert(filling: Filling, score: Score, *, by: Actor, now: datetime, said_at: datetime) -> None:
    """Raise it once; an answer that is changed afterwards takes nothing back."""
    if not score.alerts or Alert.objects.filter(filling=filling).exists():
        return
    heard = responders()
    Alert.objects.create(
        filling=filling,
        code=score.alerts[0],
        raised_at=now,
        said_at=said_at,
        responder=heard[0] if heard else None,
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
