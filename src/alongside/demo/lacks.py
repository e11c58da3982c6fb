"""What is hard for the demo's clients, in whose view, and what Harbour Street can offer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """One thing as somebody sees it, so many weeks ago."""

    who: str
    code: str
    performance: int
    voice: str = "client"
    capacity: int | None = None
    importance: int | None = None
    helps: bool = False
    words: str = ""
    weeks: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """A service that somebody said yes to, and which of their needs it was offered for."""

    who: str
    code: str
    service: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """Something that the clinic can offer, and what it helps with."""

    name: str
    words: str
    covers: tuple[str, ...]
    kind: str = "service"
    wait_days: int = 0


LACKS: tuple[Lack, ...] = (
    Lack(who="Amara", code="d440", performance=4, importance=9, weeks=6),
    Lack(
        who="Amara", code="d440", performance=3, importance=9, words="La cuillère m’échappe encore."
    ),
    Lack(who="Amara", code="d440", voice="therapist", performance=2, capacity=3),
    Lack(
        who="Amara", code="d630", performance=3, importance=10, words="Le riz, c’est à deux mains."
    ),
    Lack(who="Amara", code="d630", voice="close", performance=4, words="She asks me to lift pots."),
    Lack(who="Amara", code="b280", performance=2, importance=7),
    Lack(
        who="Amara", code="b134", performance=3, importance=6, words="La nuit, je repense à tout."
    ),
    Lack(who="Amara", code="e310", performance=4, helps=True, words="Mes petits-enfants."),
    Lack(who="Sanna", code="d850", performance=3, importance=10, words="I want to keep my job."),
    Lack(who="Sanna", code="d440", performance=2, importance=8),
    Lack(who="Sanna", code="d240", voice="therapist", performance=2),
    Lack(who="Tom", code="d540", performance=2, importance=8, words="Shoes are the worst."),
    Lack(who="Tom", code="e155", performance=3, importance=6, words="The step at my door."),
    Lack(
        who="Karl", code="e250", performance=3, importance=9, words="I cannot hear at the counter."
    ),
)
# What they said when they began, and what they then said yes to.
AT_FIRST = 16
TOOK: tuple[Took, ...] = (
    Took(who="Olli", code="d440", service="Hands that hold"),
    Took(who="Fatou", code="d440", service="Hands that hold"),
    Took(who="Zoé", code="d445", service="Hands that hold"),
    Took(who="Piotr", code="d445", service="Hands that hold"),
    Took(who="Karl", code="d440", service="Hands that hold"),
    Took(who="Tom", code="d540", service="Daily-living group"),
    Took(who="Leila", code="d630", service="Daily-living group"),
    Took(who="Jean", code="d640", service="Daily-living group"),
    Took(who="Noah", code="d630", service="Daily-living group"),
    Took(who="Marc", code="d540", service="Daily-living group"),
    Took(who="Pekka", code="d460", service="Home adaptation visit"),
    Took(who="Eero", code="d460", service="Home adaptation visit"),
    Took(who="Ruth", code="d460", service="Home adaptation visit"),
    Took(who="Tom", code="e155", service="Home adaptation visit"),
    Took(who="Noah", code="d460", service="Home adaptation visit"),
    Took(who="Sanna", code="d850", service="Back to work"),
    Took(who="Marc", code="d850", service="Back to work"),
    Took(who="Owen", code="d850", service="Back to work"),
    Took(who="Aino", code="d240", service="Coping group"),
    Took(who="Mina", code="b152", service="Coping group"),
    Took(who="Karl", code="b152", service="Coping group"),
)

HELPS: tuple[Help, ...] = (
    Help(
        name="Daily-living group",
        words="Six people, a real kitchen, two hours.",
        covers=("d5", "d6"),
        kind="group",
        wait_days=14,
    ),
    Help(
        name="Hands that hold",
        words="Grip, pinch and let go, with things that you use at home.",
        covers=("d440", "d445", "b730"),
        wait_days=5,
    ),
    Help(
        name="Home adaptation visit",
        words="We come to you, measure, and try what makes it easier.",
        covers=("e155", "e115", "d460"),
        wait_days=7,
    ),
    Help(
        name="Back to work",
        words="Your tasks, your tools and your employer at one table.",
        covers=("d850", "d845"),
        wait_days=21,
    ),
    Help(
        name="Coping group",
        words="What to do on a bad day, told by people who have had some.",
        covers=("b134", "b152", "d240"),
        kind="group",
        wait_days=10,
    ),
    Help(
        name="Walk along the harbour",
        words="Thursdays at ten, slowly, with whoever comes.",
        covers=("d450", "b455", "d920"),
        kind="resource",
    ),
)
