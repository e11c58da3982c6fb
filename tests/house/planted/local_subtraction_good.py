def waited(start, end, zone, UTC):
    day = end.astimezone(zone).date()
    return day, end.astimezone(UTC) - start.astimezone(UTC), end - start
