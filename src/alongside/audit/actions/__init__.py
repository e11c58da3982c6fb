"""Writing the record of who saw and did what."""
