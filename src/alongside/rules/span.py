"""How long it was from one moment to another, also on the nights when the clocks change.

Python takes two aware moments of one zone from each other, and compares them, by the clock on the
wall (PEP 495): who came at 2:50 and was called a quarter of an hour later, at 2:05, would have
waited minus 45 minutes. In UTC every hour comes once.
"""

from datetime import UTC, datetime, timedelta


def length(start: datetime, end: datetime) -> timedelta:
    """Give the time from one moment to another; below zero when the end was first."""
    return end.astimezone(UTC) - start.astimezone(UTC)


def waited(start: datetime, end: datetime) -> timedelta:
    """Give the time from one moment to another, and none when a clock was put back between."""
    return max(length(start, end), timedelta(0))


def later(one: datetime, other: datetime) -> datetime:
    """Give the later of two moments, in UTC."""
    return max(one.astimezone(UTC), other.astimezone(UTC))
