def begin(cursor, clinic):
    cursor.execute("SET LOCAL app.clinic = %s", [clinic])
    cursor.execute("UPDATE visits SET code = %s", [clinic])
    cursor.execute("SELECT set_config('app.clinic', %s, true)", [clinic])
