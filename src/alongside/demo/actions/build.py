"""Build the demo's two clinics and their book, through the same actions as real work."""

from datetime import date, datetime, time, timedelta

from alongside.clinics.current import working_in
from alongside.clinics.models import Clinic, Network, OpeningHours, Room, VisitKind
from alongside.demo import cast
from alongside.demo.actions.figures import measure
from alongside.demo.actions.hopes import hope
from alongside.demo.actions.lacks import lack
from alongside.demo.actions.life import live_on
from alongside.mine.actions.close_ones import let_see
from alongside.people.actions.add_user import add_user
from alongside.people.actors import Actor, of_client, of_staff
from alongside.people.models import Card, Client, Relation, Staff
from alongside.visits.actions.book import book_visit

DAY = date(2026, 11, 24)
OPENS, CLOSES = time(8), time(17)
HISTORY_DAYS = 2


def build() -> Clinic:
    """Make both clinics, their people and some days of bookings; give Harbour Street."""
    network = Network.objects.create(name="Two Streets")
    harbour = _clinic(network, "Harbour Street OT", cast.HARBOUR, cast.CLIENTS)
    hillside = _clinic(network, "Hillside Rehab", cast.HILLSIDE, cast.HILLSIDE_CLIENTS)
    _book_harbour(harbour)
    _close_to_amara(harbour)
    with working_in(harbour):
        today = datetime.combine(DAY, OPENS, harbour.zone)
        hope(today)
        measure(today)
        lack(today)
        live_on(today)
    _book_hillside(hillside)
    return harbour


def _clinic(
    network: Network,
    name: str,
    workers: tuple[cast.Worker, ...],
    people: tuple[cast.Person, ...],
) -> Clinic:
    clinic = Clinic.objects.create(
        network=network,
        name=name,
        sender_name=name.rsplit(" ", 1)[0],
        languages=["en", "fr"],
        address="12 Harbour Street" if "Harbour" in name else "3 Hill Road",
        phone="+33 1 99 00 12 34",
        way_in="The blue door beside the bakery. Push the wide button: the door opens by itself.",
        way_in_fr="La porte bleue à côté de la boulangerie. Appuyez sur le grand bouton : "
        "la porte s’ouvre toute seule.",
        bring="Your glasses, if you wear any, and something you would like to do again.",
        bring_fr="Vos lunettes, si vous en portez, et un objet de ce que vous voulez refaire.",
    )
    with working_in(clinic):
        for number in range(1, len(workers)):
            Room.objects.create(name=f"Room {number}")
        for weekday in range(5):
            OpeningHours.objects.create(weekday=weekday, opens=OPENS, closes=CLOSES)
        VisitKind.objects.create(name="Visit", name_fr="Séance", planned=timedelta(minutes=45))
        VisitKind.objects.create(
            name="First visit",
            name_fr="Première séance",
            planned=timedelta(minutes=60),
            is_first=True,
        )
        for worker in workers:
            _worker(worker)
        for person in people:
            _person(person)
    return clinic


def _worker(worker: cast.Worker) -> None:
    user = add_user(f"{worker.name.lower()}@{cast.HOST}", name=worker.name)
    Staff.objects.create(
        user=user,
        role=worker.role,
        name=worker.name,
        short_name=worker.short,
        profession=worker.profession,
        about=worker.about,
    )


def _person(person: cast.Person) -> None:
    minutes = person.plan_minutes
    client = Client.objects.create(
        first_name=person.first,
        last_name=person.last,
        called=person.called,
        said=person.said,
        language=person.language,
        email=f"{_plain(person.first)}.{_plain(person.last)}@{cast.HOST}",
        planned_minutes=timedelta(minutes=minutes) if minutes else None,
    )
    Card.objects.create(
        client=client,
        helps=person.helps,
        avoid=person.avoid,
        mobility=person.mobility,
        culture=person.culture,
        small_talk=person.small_talk,
        interpreter=person.interpreter,
    )


def _plain(name: str) -> str:
    import unicodedata

    bare = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter for letter in bare if letter.isascii() and letter.isalpha())


def working_days(count: int, *, before: date) -> list[date]:
    """The working days just before a day, oldest first."""
    days: list[date] = []
    day = before
    while len(days) < count:
        day -= timedelta(days=1)
        if day.weekday() < 5:
            days.append(day)
    return days[::-1]


def _book_harbour(clinic: Clinic) -> None:
    with working_in(clinic):
        dee = of_staff(Staff.objects.get(name="Dee"))
        days = [*working_days(HISTORY_DAYS, before=DAY), DAY, DAY + timedelta(days=1)]
        for day in days:
            for therapist, book in cast.TODAY.items():
                for at, name, kind in book:
                    _book(clinic, day, therapist, at, name, kind if day == DAY else "", dee)


def _close_to_amara(clinic: Clinic) -> None:
    """Luc sees when his sister comes, what she wants to do and what is hard in her days; no more.

    He may act for her.
    """
    with working_in(clinic):
        amara, luc = (Client.objects.get(first_name=name) for name in ("Amara", "Luc"))
        let_see(
            amara,
            {
                "name": "Luc",
                "relation": Relation.SIBLING,
                "email": luc.email,
                "language": luc.language,
                "rights": ["visits", "goals", "needs.activities"],
                "may_act": True,
            },
            by=of_client(amara),
            today=DAY - timedelta(days=9),
            now=datetime.combine(DAY - timedelta(days=9), time(18), clinic.zone),
        )


def _book(
    clinic: Clinic, day: date, therapist: str, at: str, name: str, kind: str, by: Actor
) -> None:
    client = Client.objects.get(first_name=name)
    person = next(one for one in cast.CLIENTS if one.first == name)
    if name == "Chloé" and day < DAY:
        # Today is her first time.
        return
    booked_at = datetime.combine(day, time.fromisoformat(at), clinic.zone)
    book_visit(
        client,
        Staff.objects.get(name=therapist),
        VisitKind.objects.get(is_first=kind == "F"),
        booked_at,
        asked_for=person.asked_for if kind == "F" else "",
        is_first=kind == "F",
        by=by,
        now=booked_at - timedelta(days=9),
        confirm=False,
    )


def _book_hillside(clinic: Clinic) -> None:
    with working_in(clinic):
        by = of_staff(Staff.objects.get(name="Charlie"))
        therapist = Staff.objects.get(role="therapist")
        for number, client in enumerate(Client.objects.order_by("first_name")):
            booked_at = datetime.combine(DAY, time(10 + number), clinic.zone)
            kind = VisitKind.objects.get(is_first=False)
            now = booked_at - timedelta(days=9)
            book_visit(client, therapist, kind, booked_at, by=by, now=now, confirm=False)
