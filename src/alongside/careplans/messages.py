"""How a plan has changed, in words: what we agreed to do next, and what was looked at again."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from alongside.careplans.models import Note
from alongside.goals.messages import began, changed
from alongside.goals.models import Change, Goal
from alongside.life.models import Event
from alongside.needs.models import Proposal
from alongside.ui.history import Changed, answer_of


def of_goals(goals: Iterable[Goal], changes: Sequence[Change]) -> Iterator[Changed]:
    """Goals that were written and agreed to, and every change of one, which come newest first."""
    for goal in goals:
        yield from began(goal, what=_("a new goal"), about=goal.words)
    for one in reversed(changes):
        yield changed(one, about=one.goal.words)


def of_notes(notes: Iterable[Note]) -> Iterator[Changed]:
    """The next step after each visit."""
    for note in notes:
        if not note.next_step:
            continue
        answer = getattr(note, "answer", None)
        yield Changed(
            at=note.written_at,
            what=_("the next step"),
            by=note.by.name,
            now=note.next_step,
            why=note.did,
            answer=answer_of(
                agreed=answer is not None and answer.agrees,
                declined=answer is not None and not answer.agrees,
            ),
            answered_by=answer.by if answer else "",
        )


def of_events(events: Iterable[Event]) -> Iterator[Changed]:
    """The plan was looked at again, after something happened."""
    for event in events:
        if event.reviewed_at is None:
            continue
        yield Changed(
            at=event.reviewed_at,
            what=_("the plan was looked at again"),
            by=event.reviewed_by,
            now=event.outcome,
            why=event.words or event.get_what_display(),
            answer=answer_of(
                agreed=event.agreed_at is not None, declined=event.declined_at is not None
            ),
            answered_by=event.answered_by,
        )


def of_offers(offers: Iterable[Proposal]) -> Iterator[Changed]:
    """A service was offered."""
    for one in offers:
        yield Changed(
            at=one.offered_at,
            what=_("something we can offer"),
            by=one.by,
            now=one.service.name,
            why=one.reason,
            answer=answer_of(
                agreed=one.accepted_at is not None, declined=one.declined_at is not None
            ),
            answered_by=one.answered_by,
        )
