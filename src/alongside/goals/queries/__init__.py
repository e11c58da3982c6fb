"""Reading goals."""
