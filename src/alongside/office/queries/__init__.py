"""Reading what the office shows."""
