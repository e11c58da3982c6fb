"""What a stranger could read over a shoulder tells nothing about somebody's care (canaries)."""

import pytest

from alongside.clinics.models import VisitKind
from alongside.live.models import Pulse
from alongside.live.topics import clinic_topic
from alongside.messaging.actions.deliver import deliver_due
from alongside.messaging.actions.queue import queue_letter
from alongside.messaging.models import Message, State, Why
from alongside.messaging.outdoors import says_too_much
from alongside.people.models import Card

ASKED = "Canari reprendre la guitare"


@pytest.fixture
def told_once(here, amara, joon):
    """Amara's card, and a therapist whose profession would tell."""
    Card.objects.create(
        client=amara,
        helps="A canary in a quiet room.",
        avoid="Canari: les portes qui claquent",
        interpreter="Wolof",
        mobility="A canary on wheels",
        culture="Pas de main serrée",
        small_talk="Her garden of canaries",
    )
    return amara


FINE = {
    "en": "Hello Amara. We see you on Tuesday 24 November at 10:30. Harbour https://x.example/v/a",
    "fr": "Bonjour Amara. À mardi 24 novembre, 10:30. Harbour https://x.example/v/a",
}
TOO_MUCH = [
    ("Dear Ms Diallo, see you tomorrow.", Why.SAYS_NAME),
    ("Chère AMARA DIALLO, à demain.", Why.SAYS_NAME),
    ("Remember: a CANARY in a quiet   room", Why.SAYS_CARD),
    ("Attention : canari : les portes qui claquent", None),
    ("Attention, canari: les portes qui claquent", Why.SAYS_CARD),
    ("We asked for an interpreter (wolof).", Why.SAYS_CARD),
    ("Il y a une place pour a canary on wheels", Why.SAYS_CARD),
    ("pas de main serree", Why.SAYS_CARD),
    ("How is her garden of canaries?", Why.SAYS_CARD),
    ("Pour canari reprendre la guitare", Why.SAYS_ASKED),
    ("You see Joon, occupational therapist.", Why.SAYS_CARE),
]


@pytest.mark.parametrize("language", FINE)
def test_first_name_time_neutral_name_and_link_may_go(told_once, language):
    assert says_too_much(FINE[language], told_once, private=[ASKED]) is None


@pytest.mark.parametrize(("text", "why"), [pair for pair in TOO_MUCH if pair[1]])
def test_every_canary_is_caught(told_once, text, why):
    assert says_too_much(text, told_once, private=[ASKED]) is why


@pytest.mark.parametrize("place", ["subject", "body", "calendar"])
@pytest.mark.parametrize("prefers", ["email", "sms"])
def test_a_letter_that_says_too_much_is_held_back_wherever_it_says_it(
    told_once, letter, acting, email, sms, now, place, prefers, caplog
):
    told_once.prefers, told_once.mobile = prefers, "+33612345678"
    told_once.save()
    words = letter(**{place: "A canary in a quiet room"})
    (message,) = queue_letter(told_once, words, by=acting.clock(told_once.clinic), now=now)
    deliver_due(now)
    never_leaves = prefers == "sms" and place == "calendar"
    subject_too = (message.state, message.last_error)
    assert (subject_too == (State.FAILED, Why.SAYS_CARD)) is not never_leaves
    assert len(email.sent + sms.sent) == int(never_leaves)
    assert "canary" not in caplog.text
    if not never_leaves:
        assert Pulse.objects.filter(topic=clinic_topic(told_once.clinic_id)).exists()


def test_what_stands_behind_the_link_may_say_more(told_once, letter, acting, now):
    told_once.prefers = "none"
    words = letter(body="Joon, occupational therapist, knows about the quiet room.")
    (message,) = queue_letter(told_once, words, by=acting.clock(told_once.clinic), now=now)
    assert message.state is State.SENT


def test_what_the_client_asked_for_stays_here(told_once, letter, acting, email, now):
    words = letter(body=f"À demain, {ASKED.lower()}.", private=(ASKED,))
    (message,) = queue_letter(told_once, words, by=acting.clock(told_once.clinic), now=now)
    assert message.last_error == Why.SAYS_ASKED


@pytest.mark.parametrize(
    ("last", "text", "why"),
    [
        ("May", "We see you on 12 May.", None),
        ("May", "Dear Amara May, we see you on 12 May.", Why.SAYS_NAME),
        ("Mardi", "À mardi !", None),
        ("Harbour", "Harbour: see you tomorrow.", None),
        ("Early", "You may come early.", None),
        ("Amara", "Hello Amara.", None),
        ("", "Hello.", None),
    ],
)
def test_a_name_that_is_an_everyday_word_holds_nothing_back(told_once, last, text, why):
    told_once.last_name = last
    assert says_too_much(text, told_once) is why


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        ("Hand therapy", "Your hand therapy is tomorrow.", Why.SAYS_CARE),
        ("Séance", "Votre séance est demain.", None),
        ("First visit", "Before your first visit you can tell us more.", None),
    ],
)
def test_what_a_visit_is_for_stays_here_and_a_plain_visit_may_be_named(told_once, kind, text, why):
    VisitKind.objects.get_or_create(name=kind)
    assert says_too_much(text, told_once) is why


def test_what_a_therapist_is_good_at_stays_here(told_once, joon):
    joon.about = "Works with hands. Likes boats."
    joon.save()
    assert says_too_much("You meet Joon, who works with hands.", told_once) is Why.SAYS_CARE


def test_another_clients_card_is_no_matter_of_this_letter(told_once, luc, letter, acting, now):
    assert says_too_much("How is her garden of canaries?", luc) is None
    assert Message.objects.count() == 0
