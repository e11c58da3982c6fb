def begin(cursor, clinic):
    cursor.execute("SET app.clinic = %s", [clinic])  # found
    cursor.execute("set role manager")  # found
    cursor.execute("SELECT set_config('app.clinic', %s, false)", [clinic])  # found
