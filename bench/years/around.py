"""What else is kept of a life: needs in several views, offers, questions, events, calls."""

from datetime import datetime, timedelta

from gather import Gathered, Who

from alongside.careplans.models import FollowUp
from alongside.life.models import Event, Happening, Item, Kind, Question
from alongside.needs.models import Extent, Proposal, Voice
from alongside.rules.needs import NEEDS

CODES = [one.code for one in NEEDS if not one.code.startswith("e")]
ITEMS = (
    ("person", "Mes petits-enfants, le dimanche"),
    ("place", "My garden behind the house"),
    ("routine", "Le marché, le samedi matin"),
    ("role", "I sing in the choir on Thursdays"),
    ("person", "My sister, who lives next door"),
)
QUESTIONS = (
    "Puis-je enlever l’attelle la nuit ?",
    "May I drive again?",
    "How often should I do the exercise with the towel?",
    "Does my insurance pay for the stool?",
)
ANSWERS = (
    "Yes, at night you may. Put it on again for work with the hand.",
    "Ask me next time: we look at it together with your doctor’s letter.",
)


def needs(gathered: Gathered, who: Who, first: datetime, last: datetime, *, is_over: bool) -> None:
    """Say what is hard, at the start by two, at the end again; what is offered, and the answer."""
    rng = gathered.rng
    for code in rng.sample(CODES, 2 if gathered.thin else 6):
        level = rng.choices((1, 2, 3, 4), weights=(20, 40, 30, 10))[0]
        voices = [Voice.CLIENT, Voice.THERAPIST]
        if rng.random() < 0.1:
            voices.append(Voice.CLOSE)
        for voice in voices:
            _extent(gathered, who, code, voice, level, first)
        if last - first > timedelta(days=20) and rng.random() < 0.6:
            better = max(0, level - rng.choice((0, 1, 1, 2)))
            _extent(gathered, who, code, Voice.CLIENT, better, last)
    for service in rng.sample(gathered.place.services, rng.choice((0, 1, 1, 2))):
        # Whoever comes no more has answered.
        answer = rng.random() * (0.85 if is_over else 1)
        gathered.add(
            Proposal,
            first,
            client_id=who.key,
            service_id=service.pk,
            offered_at=first,
            by=who.therapist.name,
            reason="It helps with what you said is hard.",
            accepted_at=last if answer < 0.6 else None,
            declined_at=last if 0.6 <= answer < 0.85 else None,
            answered_by=who.name if answer < 0.85 else "",
        )
        gathered.record.staff(first, who.therapist, "needs.offer", who.key)


def _extent(gathered: Gathered, who: Who, code: str, voice: str, level: int, at: datetime) -> None:
    own = voice == Voice.CLIENT
    gathered.add(
        Extent,
        at,
        client_id=who.key,
        code=code,
        voice=voice,
        performance=level,
        importance=gathered.rng.randrange(4, 11) if own else None,
        at=at,
        by=who.name if own else who.therapist.name,
    )
    if own:
        gathered.record.own(at, "needs.say", who.key)
    else:
        gathered.record.staff(at, who.therapist, "needs.enter", who.key)


def life(gathered: Gathered, who: Who, first: datetime, last: datetime) -> None:
    """Tell of people and places, of what happened, and ask."""
    rng, now = gathered.rng, gathered.place.now
    for kind, words in rng.sample(ITEMS, rng.choice((0, 1, 2, 3))):
        gathered.add(
            Item,
            first,
            client_id=who.key,
            kind=Kind(kind),
            words=words,
            added_at=first,
            added_by=who.name,
        )
        gathered.record.own(first, "life.add_item", who.key)
    if rng.random() < 0.35:
        told = first + (last - first) * rng.random()
        reviewed = told + timedelta(days=rng.randrange(2, 12))
        is_over = reviewed < now
        gathered.add(
            Event,
            told,
            client_id=who.key,
            what=rng.choice(Happening.values),
            told_at=told,
            told_by=who.name,
            review_by=(told + timedelta(days=14)).date(),
            reviewed_at=reviewed if is_over else None,
            reviewed_by=who.therapist.name if is_over else "",
            outcome="Two visits at home instead of the clinic." if is_over else "",
        )
        gathered.record.own(told, "life.tell_event", who.key)
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        _question(gathered, who, first + (last - first) * rng.random())


def _question(gathered: Gathered, who: Who, at: datetime) -> None:
    rng = gathered.rng
    answered = at + timedelta(days=rng.uniform(0.2, 4))
    is_over = answered < gathered.place.now
    key = gathered.add(
        Question,
        at,
        client_id=who.key,
        words=rng.choice(QUESTIONS),
        asked_at=at,
        asked_by=who.name,
        owner_id=who.therapist.pk,
        answer_by=(at + timedelta(days=3)).date(),
        seen_at=at + timedelta(hours=4) if is_over else None,
        seen_by=who.therapist.name if is_over else "",
        answer=rng.choice(ANSWERS) if is_over else "",
        answered_at=answered if is_over else None,
        answered_by=who.therapist.name if is_over else "",
    )
    gathered.record.own(at, "life.ask", who.key, key)
    if is_over:
        gathered.record.staff(answered, who.therapist, "life.answer", who.key, key)


def called(gathered: Gathered, who: Who, last: datetime) -> datetime | None:
    """Somebody stayed away: we call some weeks later. Gives when they let go of their goals.

    Three in a hundred are overlooked, and who stopped coming lately is still on the list.
    """
    rng, now = gathered.rng, gathered.place.now
    taken = last + timedelta(days=rng.randrange(22, 40))
    if taken > now or rng.random() < 0.03:
        return None
    done = taken + timedelta(hours=rng.randrange(1, 60))
    is_over = done < now
    key = gathered.add(
        FollowUp,
        taken,
        client_id=who.key,
        taken_by_id=who.therapist.pk,
        taken_at=taken,
        outcome="They are well and stop for now." if is_over else "",
        done_at=done if is_over else None,
        done_by=who.therapist.name if is_over else "",
    )
    gathered.record.staff(taken, who.therapist, "careplans.take_call", who.key, key)
    return done if is_over else None
