"""Reading measures."""
