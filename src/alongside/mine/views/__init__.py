"""One's own page."""
