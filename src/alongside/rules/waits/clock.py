"""Minutes between two moments."""

from datetime import datetime


def minutes(moment: datetime, now: datetime) -> float:
    """Minutes from `now` to `moment` by the world's clock, so right across a clock change.

    Aware datetimes of one zone subtract by the wall clock; timestamps do not.
    """
    return (moment.timestamp() - now.timestamp()) / 60
