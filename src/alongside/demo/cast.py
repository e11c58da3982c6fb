"""Who is who in the demo. Every name is made up."""

from dataclasses import dataclass

# Where the cast's e-mail goes: nowhere (RFC 2606). It also tells them from real people.
HOST = "demo.invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A client of the demo, with what helps them."""

    first: str
    last: str
    language: str = "en"
    called: str = ""
    said: str = ""
    asked_for: str = ""
    helps: str = ""
    avoid: str = ""
    mobility: str = ""
    culture: str = ""
    small_talk: str = ""
    interpreter: str = ""
    plan_minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """Somebody who works in the demo's clinics."""

    name: str
    short: str
    role: str
    profession: str = ""
    about: str = ""


HARBOUR = (
    Worker(name="Dee", short="Dee", role="desk"),
    Worker(name="Noor", short="Noor", role="manager"),
    Worker(
        name="Joon",
        short="Joon",
        role="therapist",
        profession="Occupational therapist",
        about="I have worked with hands and kitchens for twelve years. I like to walk a task "
        "through with you, step by step.",
    ),
    Worker(name="Mika", short="Mika", role="therapist", profession="Occupational therapist"),
    Worker(
        name="Priya",
        short="Priya",
        role="therapist",
        profession="Occupational therapist",
        about="The first time we mostly talk: what you want to do again, and what gets in the way.",
    ),
    Worker(name="Sam", short="Sam", role="therapist", profession="Physiotherapist"),
)
HILLSIDE = (
    Worker(name="Charlie", short="Charlie", role="desk"),
    Worker(name="Robin", short="Robin", role="therapist", profession="Occupational therapist"),
)

CLIENTS = (
    Person(
        first="Amara",
        last="Diallo",
        language="fr",
        said="a-MA-ra",
        helps="A chair with arms. Tell me what comes next before you touch my hand.",
        avoid="Loud music.",
        small_talk="My garden, and my grandchildren in Dakar.",
        culture="I do not shake hands during Ramadan.",
    ),
    Person(first="Luc", last="Diallo"),
    Person(
        first="Aino",
        last="Korhonen",
        helps="A quiet corner.",
        avoid="Several people talking to me at once.",
        plan_minutes=45,
    ),
    Person(first="Pekka", last="Laine", mobility="Walks with a frame; slow on the stairs."),
    Person(
        first="Chloé",
        last="Martin",
        language="fr",
        said="klo-AY",
        asked_for="Holding a pen again, to write to my sister.",
        helps="Short sentences. Time to answer.",
    ),
    Person(first="Olli", last="Nieminen"),
    Person(first="Sanna", last="Mäkelä"),
    Person(first="Ville", last="Heikkinen", small_talk="Ice hockey."),
    Person(first="Liisa", last="Virtanen", called="Liisi"),
    Person(first="Eero", last="Salonen", mobility="Wheelchair; needs the wide door."),
    Person(first="Jean", last="Moreau", language="fr"),
    Person(first="Fatou", last="Sow", language="fr", interpreter="Wolof, Tuesdays"),
    Person(first="Marc", last="Lefèvre", language="fr"),
    Person(first="Noah", last="Berg"),
    Person(first="Ines", last="Costa"),
    Person(first="Tom", last="Ward"),
    Person(first="Ruth", last="Okafor", small_talk="Choir on Thursdays."),
    Person(first="Hana", last="Suzuki"),
    Person(first="Piotr", last="Nowak"),
    Person(first="Leila", last="Haddad", language="fr"),
    Person(first="Owen", last="Price"),
    Person(first="Mina", last="Rossi"),
    Person(first="Karl", last="Lind", helps="Please face me: I read lips."),
    Person(first="Zoé", last="Petit", language="fr"),
)
HILLSIDE_CLIENTS = (Person(first="Ada", last="Fischer"), Person(first="Bo", last="Holm"))

# Today's book: therapist -> (time, client, kind). "F" is a first visit.
TODAY = {
    "Mika": (
        ("08:00", "Olli", ""),
        ("08:45", "Sanna", ""),
        ("09:30", "Pekka", ""),
        ("10:15", "Aino", ""),
        ("11:00", "Ville", ""),
        ("13:00", "Liisa", ""),
        ("14:00", "Eero", ""),
    ),
    "Priya": (
        ("08:00", "Jean", ""),
        ("09:00", "Fatou", ""),
        ("09:45", "Marc", ""),
        ("10:30", "Chloé", "F"),
        ("11:30", "Noah", ""),
        ("13:30", "Hana", ""),
        ("14:30", "Piotr", ""),
    ),
    "Sam": (
        ("08:15", "Ines", ""),
        ("09:15", "Tom", ""),
        ("11:15", "Ruth", ""),
        ("12:00", "Leila", ""),
        ("13:15", "Owen", ""),
        ("14:15", "Mina", ""),
    ),
    "Joon": (
        ("08:30", "Karl", ""),
        ("09:30", "Zoé", ""),
        ("10:30", "Amara", ""),
        ("11:15", "Luc", ""),
        ("13:00", "Olli", ""),
        ("14:00", "Tom", ""),
    ),
}
