"""Django's SQLite, where writers take turns (base.py)."""
