def waited(start, end, zone, timezone):
    end.astimezone(zone) - start  # found
    return timezone.localtime(end) - timezone.localtime(start)  # found
