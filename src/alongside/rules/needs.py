"""The needs that we ask about: an ICF code each, and our own words for it in English and French.

The codes refer to the WHO ICF; the words are ours, none of its titles or definitions are here.
Body, mind, activities and surroundings are one list. A clinic may ask fewer.
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One line of the list: the code it refers to, and what we call it."""

    code: str
    en: str
    fr: str


class Area(StrEnum):
    """The four parts of a profile; who may see it is said for each of them."""

    ACTIVITIES = "activities"
    BODY = "body"
    MIND = "mind"
    SURROUNDINGS = "surroundings"


def chapter(code: str) -> str:
    """What a code belongs to: "b1" (mind) to "e5" (services)."""
    return code[:2]


def area(code: str) -> Area:
    """Which part of the profile a code, or a chapter, belongs to."""
    if chapter(code) == "b1":
        return Area.MIND
    areas = {"b": Area.BODY, "s": Area.BODY, "e": Area.SURROUNDINGS}
    return areas.get(code[:1], Area.ACTIVITIES)


_LIST = """
b114 knowing time, place, who | se repérer (temps, lieu, personnes)
b130 energy and drive | énergie, élan
b134 sleep | sommeil
b140 keeping attention | attention
b144 memory | mémoire
b152 feelings and mood | humeur, émotions
b156 making sense of what I see, hear, touch | comprendre ce que je perçois
b164 planning and organising thoughts | planifier, s'organiser
b167 using language | langage
b176 putting movements in order | enchaîner les gestes
b180 sense of self and body | image de soi
b210 seeing | voir
b230 hearing | entendre
b235 balance sense | équilibre
b260 knowing where limbs are | sentir la position
b265 touch | toucher
b280 pain | douleur
b455 stamina | endurance à l'effort
b710 joint movement | souplesse des articulations
b715 joint stability | stabilité des articulations
b730 strength | force
b735 muscle tension | tension des muscles
b740 muscle endurance | tenue musculaire
b755 reacting to keep upright | réactions d'équilibre
b760 controlled movement | mouvements précis
b765 shaking, unwanted movement | tremblements
b770 way of walking | manière de marcher
d155 learning a new skill | apprendre un geste
d160 focusing | se concentrer
d166 reading | lire
d170 writing | écrire
d172 counting | compter
d175 solving problems | résoudre un problème
d177 deciding | décider
d210 doing one thing | faire une tâche
d220 doing several things | faire plusieurs tâches
d230 managing the day | gérer ma journée
d240 coping with stress | faire face au stress
d310 understanding speech | comprendre ce qu'on dit
d330 speaking | parler
d345 writing messages | écrire un message
d350 conversation | converser
d360 phone, computer | téléphone, ordinateur
d410 getting up, sitting, lying | se lever, s'asseoir
d415 staying in position | tenir une position
d420 moving between seats | passer d'un siège à l'autre
d430 lifting, carrying | porter
d440 fingers: pick up, grip | doigts : saisir
d445 arm: reach, push, pull | bras : atteindre, pousser
d450 walking | marcher
d455 stairs, running | escaliers, courir
d460 around home and outside | dans la maison, dehors
d465 with wheelchair or walker | avec fauteuil ou déambulateur
d470 bus, train, lift from others | transports
d475 driving, cycling | conduire
d510 washing | se laver
d520 teeth, hair, nails, skin | dents, cheveux, ongles
d530 toilet | toilettes
d540 dressing | s'habiller
d550 eating | manger
d560 drinking | boire
d570 looking after my health | prendre soin de ma santé
d610 finding a home | trouver un logement
d620 shopping | courses
d630 cooking | cuisiner
d640 housework | ménage
d650 looking after things, pets | entretenir, animaux
d660 helping others | aider
d710 getting on with people | contacts
d720 relationships in difficulty | relations délicates
d750 friends, neighbours | amis, voisins
d760 family | famille
d770 partner, intimacy | couple, intimité
d820 school | école
d825 training | formation
d845 getting, keeping a job | trouver, garder un emploi
d850 paid work | travail
d855 volunteering | bénévolat
d860 everyday money | argent du quotidien
d870 making ends meet | ressources
d910 community | vie locale
d920 leisure | loisirs
d930 faith, meaning | spiritualité
e110 food, medicines | aliments, médicaments
e115 daily aids | aides du quotidien
e120 mobility aids | aides au déplacement
e125 communication aids | aides à communiquer
e135 work equipment | matériel de travail
e150 public buildings | lieux publics
e155 my home | mon logement
e165 money and assets | moyens financiers
e240 light | lumière
e250 noise | bruit
e310 close family | famille proche
e320 friends | amis
e325 neighbours, colleagues | voisins, collègues
e340 paid carers | aidants pro
e355 health staff | soignants
e410 family attitudes | regard de la famille
e460 society's attitudes | regard de la société
e525 housing services | logement (services)
e540 transport services | transports (services)
e570 benefits | aides sociales
e575 social support | soutien social
e580 health services | services de santé
e590 employment services | emploi (services)
"""


def _read(line: str) -> Asked:
    code, _, words = line.partition(" ")
    en, _, fr = words.partition(" | ")
    return Asked(code=code, en=en, fr=fr)


NEEDS: tuple[Asked, ...] = tuple(_read(line) for line in _LIST.strip().splitlines())
BY_CODE: dict[str, Asked] = {need.code: need for need in NEEDS}


def words_for(code: str, language: str) -> str:
    """What we call this need in a language ("fr", else English); the code where it is not ours."""
    need = BY_CODE.get(code)
    if need is None:
        return code
    return need.fr if language.startswith("fr") else need.en
