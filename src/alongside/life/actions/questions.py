"""A question is asked, seen, taken, answered; none is lost."""

from datetime import datetime, timedelta

from django.db import transaction

from alongside.life.actions._note import NoWords, note, refuse_others
from alongside.life.models import Question
from alongside.people.actors import OWN, Actor
from alongside.people.models import Client, Staff

WITHIN = timedelta(days=7)


@transaction.atomic
def ask_question(client: Client, *, words: str, by: Actor, now: datetime) -> Question:
    """Ask; it has a date from the first moment. Somebody close may ask who may see questions."""
    if by.kind in OWN and by.client == client.pk and by.may_see("questions"):
        pass
    else:
        refuse_others(client.pk, by=by)
    if not words.strip():
        raise NoWords
    today = now.astimezone(client.clinic.zone).date()
    seen = by.is_staff
    question: Question = Question.objects.create(
        client=client,
        words=words,
        asked_at=now,
        asked_by=by.label,
        answer_by=today + WITHIN,
        seen_at=now if seen else None,
        seen_by=by.label if seen else "",
    )
    _note("life.ask", question, by=by, now=now)
    return question


@transaction.atomic
def see_questions(client: Client, *, by: Actor, now: datetime) -> None:
    """Somebody of us has read what is asked; whoever looks in for the network changes nothing."""
    if by.glass_until is not None:
        return
    unseen = list(Question.objects.unseen().filter(client=client))
    for question in unseen:
        rows = Question.objects.filter(pk=question.pk, seen_at=None)
        if rows.update(seen_at=now, seen_by=by.label):
            _note("life.see_question", question, by=by, now=now)


@transaction.atomic
def take_question(question: Question, *, staff: Staff, by: Actor, now: datetime) -> None:
    """Its answer has a name from now on; the client sees whose."""
    if Question.objects.filter(pk=question.pk, answered_at=None).update(owner=staff):
        _note("life.take_question", question, by=by, now=now)


@transaction.atomic
def answer_question(question: Question, *, words: str, by: Actor, now: datetime) -> None:
    """Answer it; the client reads it on their page at once."""
    if not words.strip():
        raise NoWords
    rows = Question.objects.filter(pk=question.pk, answered_at=None)
    changed = rows.update(answer=words, answered_at=now, answered_by=by.label)
    if changed:
        Question.objects.filter(pk=question.pk, seen_at=None).update(seen_at=now, seen_by=by.label)
        _note("life.answer", question, by=by, now=now)


def _note(verb: str, question: Question, *, by: Actor, now: datetime) -> None:
    note(verb, question.client_id, about=question.pk, clinic=question.clinic_id, by=by, now=now)
