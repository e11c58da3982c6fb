"""Instruments whose text is not ours to ship: their scores can be kept, or worked out.

`clinic_pack`: a clinic may load the text itself once it has confirmed its licence. `score_only`:
the scores alone. No item's text is here, only how many items there are and how they are summed.
A module a family: what it sums, and below that one row for each of its instruments.
"""

from alongside.rules.measures.elsewhere.between_people import BETWEEN_PEOPLE
from alongside.rules.measures.elsewhere.daily_living import DAILY_LIVING
from alongside.rules.measures.elsewhere.falls_and_home import FALLS_AND_HOME
from alongside.rules.measures.elsewhere.health import HEALTH
from alongside.rules.measures.elsewhere.occupation import OCCUPATION
from alongside.rules.measures.elsewhere.thinking import THINKING
from alongside.rules.measures.score import Measure

HELD_ELSEWHERE: tuple[Measure, ...] = (
    *OCCUPATION,
    *DAILY_LIVING,
    *HEALTH,
    *THINKING,
    *FALLS_AND_HOME,
    *BETWEEN_PEOPLE,
)
