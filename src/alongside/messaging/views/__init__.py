"""Pages about what was sent."""
