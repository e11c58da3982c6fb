def give(cursor, name, Visit, RawSQL):
    cursor.execute(f"SELECT * FROM {name}")  # found
    cursor.execute("SELECT * FROM %s" % name)  # found
    cursor.execute("SELECT * FROM {}".format(name))  # found
    cursor.executemany("DELETE FROM " + name, [])  # found
    Visit.objects.raw("SELECT 1")  # found
    Visit.objects.extra(where=[name])  # found
    return RawSQL(name, [])  # found
