"""What the demo's clients want to do, in their words. Every sentence is made up.

How it goes is drawn so that all of them together look like what is published of such clients: a
first rating of 3.9 (1.6), a rise of 2.6 (2.0), 15 in 100 the same as at the start, 5 worse.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

SAME, WORSE = 0.15, 0.05
# A few stay and a few fall, so whoever rises does so by more than all of them on average.
RISE = (3.3, 1.6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hope:
    """A goal in somebody's words; `going` where the story says how it went, else it is drawn."""

    who: str
    words: str
    why: str = ""
    reach: str = "activity"
    meaning: str = ""
    weeks: int = 16
    steps: tuple[str, ...] = ()
    did: tuple[str, ...] = ()
    going: tuple[int, ...] | None = None
    ladder: tuple[str, str, str, str, str] | None = None
    baseline: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Ratings from the first to the last, and how happy somebody was with each."""

    going: tuple[int, ...]
    happy: tuple[int, ...]

    @property
    def rise(self) -> int:
        """From the first to the last."""
        return self.going[-1] - self.going[0]


def course_of(hope: Hope, *, ratings: int = 4) -> Course:
    """How a goal went; the same each time it is asked."""
    rng = Random(f"{hope.who}:{hope.words}")
    going = hope.going if hope.going is not None else going_of(rng, ratings)
    happy = tuple(to_ten(one + rng.choice((-2, -1, 0, 0))) for one in going)
    return Course(going=going, happy=happy)


def going_of(rng: Random, count: int) -> tuple[int, ...]:
    """Draw so many ratings, at least two, from the first to the last."""
    first = to_ten(rng.gauss(3.9, 1.6))
    last = to_ten(first + _rise(rng))
    between = [
        to_ten(first + (last - first) * number / (count - 1) + rng.choice((-1, 0, 0, 1)))
        for number in range(1, count - 1)
    ]
    return (first, *between, last)


def _rise(rng: Random) -> float:
    share = rng.random()
    if share < SAME:
        return 0
    if share < SAME + WORSE:
        return -1
    return max(1.0, rng.gauss(*RISE))


def to_ten(value: float) -> int:
    """Keep a drawn rating on the scale."""
    return min(10, max(0, round(value)))


def level_of(hope: Hope, course: Course) -> int:
    """Which level of its ladder a goal has come to, by how its ratings went."""
    if course.rise < 0:
        return -2
    if course.rise == 0:
        return hope.baseline
    return 1 if course.rise >= 5 else 0


# Joon wrote this one down as she said it; it waits for her yes.
ASKED = Hope(
    who="Amara",
    words="Retourner seule au marché le samedi.",
    why="Au marché, tout le monde me connaît.",
    meaning="alone",
    weeks=1,
)

HOPES: Sequence[Hope] = (
    Hope(
        who="Amara",
        words="Préparer le thiéboudienne quand mes petits-enfants viennent.",
        why="C’est comme ça que je leur dis que je les aime.",
        meaning="others",
        weeks=8,
        steps=(
            "Couper les légumes avec le couteau coudé",
            "Soulever la grande marmite à deux mains",
            "Rester debout vingt minutes",
        ),
        did=("J’ai épluché trois oignons sans m’arrêter.",),
        going=(2, 3, 3, 5, 6),
        ladder=(
            "Does not cook",
            "Prepares cold dishes, seated",
            "Cooks a one-pot dish with one person helping",
            "Cooks the whole dish alone, with breaks",
            "Cooks for six, without a break",
        ),
        baseline=-2,
    ),
    Hope(
        who="Amara",
        words="Jardiner une heure sans avoir mal à la main.",
        why="Mon jardin, c’est mon calme.",
        meaning="joy",
        weeks=5,
        steps=("Essayer les gants épais", "Prendre une pause toutes les dix minutes"),
        did=("J’ai planté les tulipes devant la maison.",),
        going=(4, 5, 4, 6),
    ),
    Hope(who="Luc", words="Carry the shopping up to the third floor.", meaning="useful"),
    Hope(
        who="Aino",
        words="Sit through my daughter’s concert.",
        why="She plays the cello. I missed the last two.",
        meaning="others",
        steps=("Ten minutes in a room with people", "Earplugs that I can bear"),
    ),
    Hope(
        who="Pekka",
        words="Go down the stairs to my letter box on my own.",
        meaning="alone",
        reach="task",
        steps=("Hold the rail with both hands",),
        did=("I went down six steps.",),
        ladder=(
            "Does not use the stairs",
            "Goes down with somebody holding him",
            "Goes down with somebody beside him",
            "Goes down and up alone",
            "Goes down and up alone, with the post in his hand",
        ),
    ),
    Hope(who="Olli", words="Play cards again without dropping them.", meaning="joy", reach="task"),
    Hope(
        who="Sanna",
        words="Type for an hour at work.",
        why="I want to keep my job.",
        reach="role",
        ladder=(
            "Does not type",
            "Types for 10 minutes",
            "Types for 30 minutes",
            "Types for an hour",
            "Types all morning",
        ),
    ),
    Hope(who="Ville", words="Skate with my boy this winter.", meaning="others", reach="life"),
    Hope(who="Liisa", words="Bake pulla for Sunday.", meaning="joy", did=("I kneaded the dough.",)),
    Hope(who="Eero", words="Get into the car without help.", meaning="alone", reach="task"),
    Hope(who="Jean", words="Refaire du vélo jusqu’à la rivière.", meaning="joy"),
    Hope(who="Fatou", words="Tresser les cheveux de ma fille.", meaning="others", reach="task"),
    Hope(who="Marc", words="Reprendre mon atelier à mi-temps.", meaning="dignity", reach="role"),
    Hope(who="Ines", words="Swim two lengths.", meaning="joy"),
    Hope(who="Tom", words="Tie my own shoes.", meaning="alone", reach="task"),
    Hope(who="Ruth", words="Stand through choir practice.", meaning="others"),
    Hope(who="Karl", words="Order at the counter when it is loud.", meaning="dignity"),
    Hope(who="Zoé", words="Porter mon bébé dans l’escalier.", meaning="safe", reach="role"),
    Hope(who="Noah", words="Live on my own again, with my own key.", meaning="alone", reach="life"),
    Hope(who="Hana", words="Teach my Saturday class, standing at the board.", reach="role"),
    Hope(who="Piotr", words="Go home to Gdańsk by train, with my own suitcase.", reach="life"),
    Hope(
        who="Leila",
        words="Reprendre la cuisine de l’association, un soir par semaine.",
        meaning="useful",
        reach="role",
    ),
    Hope(who="Owen", words="Finish my boat and take her out once.", meaning="joy", reach="life"),
    Hope(who="Mina", words="Dance at my sister’s wedding.", meaning="others", reach="life"),
    # Today is her first time: nothing is rated yet.
    Hope(
        who="Chloé",
        words="Tenir de nouveau un stylo, pour écrire à ma sœur.",
        meaning="others",
        weeks=1,
        going=(),
    ),
)
