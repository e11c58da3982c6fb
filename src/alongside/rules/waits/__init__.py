"""The honest wait: learn a clinic's own laws, simulate the rest of its day, say what to expect.

What others use, by module:

- `day`: `Day`, `Lane`, `Booked`: what is known now (`SHARED` = "" is the lane of shared resources).
- `laws`: `Laws.prior()`, `Laws.to_json()`, `Laws.from_json(page)`.
- `learn`: `Past`, `learn(log, prior=..., zone=...) -> Laws`: the clinic's laws, quick. With the
  learned correction, at night: `record(days, laws, seed=...)` then `teach(laws, record, seed=...)`
  (`record`, `teach`); `overnight(laws, record_of_yesterday)` keeps the quantiles honest.
- `forecast`: `LEVELS`, `Forecast` (`quantiles`, `low`, `likely`, `by`, `high`, `over_ten`,
  `start_band(now)`), `forecast(day, laws, now=..., seed=..., futures=1000) -> {visit: Forecast}`.
- `telling`: `Telling`, `first_telling(forecast, now=...)`,
  `next_telling(forecast, told=..., now=...) -> Telling | None`. Keep every field of a `Telling`
  (`news` and `longer` too): the policy needs no other memory. Call it at each event and each
  minute; whatever it returns must be sent before `told.by` passes.
- `reasons`: `Reason`, `reason_for(day, visit=..., longer=..., now=...)`.
- `moves`: `Move`, `MoveKind`,
  `what_would_help(day, laws, now=..., seed=..., futures=1000) -> list[Move]`.
- `log`: `read_log(lines, zone=...) -> Log`; `replay`: `replay(log, settings=..., clock=...)
  -> Report`; the command is `alongside replay`.

Nothing here reads a clock, a disk or a network; all moments are aware.
"""

from alongside.rules.waits.day import SHARED, Booked, Day, Lane
from alongside.rules.waits.forecast import LEVELS, Forecast, forecast
from alongside.rules.waits.laws import Laws
from alongside.rules.waits.learn import learn
from alongside.rules.waits.moves import Move, MoveKind, what_would_help
from alongside.rules.waits.past import Past
from alongside.rules.waits.reasons import Reason, reason_for
from alongside.rules.waits.telling import Telling, first_telling, next_telling

__all__ = [
    "LEVELS",
    "SHARED",
    "Booked",
    "Day",
    "Forecast",
    "Lane",
    "Laws",
    "Move",
    "MoveKind",
    "Past",
    "Reason",
    "Telling",
    "first_telling",
    "forecast",
    "learn",
    "next_telling",
    "reason_for",
    "what_would_help",
]
