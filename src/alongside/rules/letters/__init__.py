"""What may be sent to somebody, when, and how often to try."""
