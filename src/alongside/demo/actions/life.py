"""Let two of the demo's clients tell of their life, ask something, and say what has happened."""

from datetime import datetime, timedelta

from alongside.life.actions.events import tell_event
from alongside.life.actions.items import add_item, say_where_we_take_part
from alongside.life.actions.questions import ask_question, see_questions, take_question
from alongside.people.actors import of_client, of_staff
from alongside.people.models import Client, Staff

AMARA = (
    ("person", "Mes petits-enfants, le dimanche", ""),
    ("place", "Mon jardin derrière la maison", "Nous choisissons ensemble les outils."),
    ("routine", "Le marché, le samedi matin", "Nous nous exerçons à porter les sacs."),
)


def live_on(today: datetime) -> None:
    """Tell it in the weeks before this morning."""
    amara, pekka = (Client.objects.get(first_name=name) for name in ("Amara", "Pekka"))
    joon = Staff.objects.get(name="Joon")
    own, by = of_client(amara), of_staff(joon)
    for kind, words, ours in AMARA:
        item = add_item(amara, kind=kind, words=words, by=own, now=today - timedelta(weeks=8))
        if ours:
            say_where_we_take_part(item, ours=ours, by=by, now=today - timedelta(weeks=7))
    question = ask_question(
        amara,
        words="Puis-je enlever l’attelle la nuit ?",
        by=own,
        now=today - timedelta(days=2),
    )
    see_questions(amara, by=by, now=today - timedelta(days=1))
    take_question(question, staff=joon, by=by, now=today - timedelta(days=1))
    tell_event(
        pekka,
        what="move",
        words="To a flat on the ground floor, in January.",
        by=of_client(pekka),
        now=today - timedelta(days=10),
    )
