"""What a clinic of ours learns overnight: its laws, its correction, and whether to take them.

The same lessons as a replay's (living.py), for a clinic that knows its list in the morning and that
keeps nothing between two nights but its laws.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import tzinfo

import numpy as np

from alongside.rules.waits.follow import RECENT, overnight
from alongside.rules.waits.laws import Laws
from alongside.rules.waits.learn import learn, remembering
from alongside.rules.waits.looks import Looks
from alongside.rules.waits.past import Past
from alongside.rules.waits.record import Record, record
from alongside.rules.waits.scores import pinball
from alongside.rules.waits.teach import teach

Days = Sequence[Sequence[Past]]
LOOKED_BACK = 120
"""Days that the correction is grown from: half a year of work, seconds of computing."""
HELD_BACK = 5
"""The last days, on which a new lesson has to do no worse than the old laws."""
FUTURES = 200


def lesson(days: Days, *, prior: Laws, zone: tzinfo, seed: int) -> Laws:
    """Everything these days teach, from the beginning: laws, then the correction on top."""
    laws = learn([past for day in days for past in day], prior=prior, zone=zone)
    last, before = days[-LOOKED_BACK:], days[-LOOKED_BACK - 10 : -LOOKED_BACK]
    seen = _record(last, laws, before, zone, seed)
    return teach(laws, seen, seed=seed)


def new_lesson(days: Days, *, old: Laws, prior: Laws, zone: tzinfo, seed: int) -> Laws:
    """Learn anew, but keep the old laws if the new ones do worse on days that they did not see."""
    taught, last = days[:-HELD_BACK], days[-HELD_BACK:]
    if len(taught) < HELD_BACK:
        return lesson(days, prior=prior, zone=zone, seed=seed)
    whole = lesson(taught, prior=prior, zone=zone, seed=seed)
    # Where the laws say all there is to say, a correction only adds noise.
    new = min(
        (whole, replace(whole, correction=None)),
        key=lambda laws: loss(laws, last, before=taught, zone=zone, seed=seed),
    )
    if loss(new, last, before=taught, zone=zone, seed=seed) > loss(
        old, last, before=taught, zone=zone, seed=seed
    ):
        # These have had their nights for all days but the last.
        return night(old, days[-1], before=days[:-1], zone=zone, seed=seed)
    for number, day in enumerate(last, start=len(taught)):
        new = night(new, day, before=days[:number], zone=zone, seed=seed)
    return new


def night(laws: Laws, day: Sequence[Past], *, before: Days, zone: tzinfo, seed: int) -> Laws:
    """After a day: nudge the promises by how they were kept, and note how the last days drifted."""
    many = RECENT if laws.correction is not None else 1
    whole = [*before, day]
    recent, older = whole[-many:], whole[-many - 10 : -many]
    laws = overnight(laws, _record(recent, laws, older, zone, seed))
    return remembering(laws, [*before[-9:], day])


def loss(laws: Laws, days: Days, *, before: Days, zone: tzinfo, seed: int) -> float:
    """The mean pinball loss in minutes at these days' check-ins; infinite if nobody came."""
    if laws.usual is None:
        return np.inf
    cases = _record(days, laws, before[-10:], zone, seed).arrivals
    if not cases:
        return np.inf
    looks = Looks.of(cases)
    quantiles = looks.simulated
    if laws.correction is not None:
        quantiles = laws.correction.sides[0].told(looks.simulated, looks.rows)
    return pinball(looks.real, quantiles)


def _record(days: Days, laws: Laws, before: Days, zone: tzinfo, seed: int) -> Record:
    return record(days, laws, before=before, seed=seed, futures=FUTURES, zone=zone, book=True)
