"""Reading what stands on one's own page."""
