from datetime import UTC, datetime


def now(at, clock):
    clock.now()
    datetime.now(tz=UTC)
    datetime.fromtimestamp(at, UTC)
    return datetime.now(UTC)
