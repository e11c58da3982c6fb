"""Django's PostgreSQL, where the database itself keeps clinics apart (base.py, walls.py)."""
