def give(cursor, name, Visit):
    cursor.execute("SELECT * FROM visits WHERE code = %s", [name])
    return Visit.objects.filter(code=name)
